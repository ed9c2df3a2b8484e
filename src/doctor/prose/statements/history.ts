import type { FactValues } from '../../facts.ts'
import { says, type Statement } from '../statement.ts'

/** What people tell of how it came about. */
export const historyStatements: Partial<Record<FactValues['history']['what'], readonly Statement[]>> = {
  'worked-before': [
    says('well', 'before', '-first'),
    says('connect', 'ago'),
    says('well', 'ago'),
    says('fine', 'ago'),
    says('~well', 'any-more'),
    says('~connect', 'any-more'),
  ],
  'many-at-once': [
    says('many', 'unit', 'fails', 'since'),
    says('every', 'unit', 'mute'),
    says('every', 'unit', 'fails'),
  ],
}
