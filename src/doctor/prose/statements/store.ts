import type { Sign } from '../../signs/tables.ts'
import { contrast, cured, does, near, says, type Statement } from '../statement.ts'

/** What people tell of the credential store, in whatever words. */
export const storeStatements: Partial<Record<Sign, readonly Statement[]>> = {
  'credentials-gone': [
    says('credential', 'gone', 'slot', '-cleared', '-server', '-same'),
    near('credential', 'gone', 'slot', '-cleared', '-server', '-power', '-same'),
    says('credential', '!held', 'slot'),
    says('tag', '!held'),

    says('listing', '!held'),
    near('listing', 'gone', '-cleared', '-power'),
    says('credential', '!held', 'listing'),

    says('credential', 'forgot', 'written'),
    says('credential', 'never', 'written', '-enrolled', '-console'),

    cured('credential', 'written', 'forgot'),
  ],
  'set-incomplete-told': [
    says('listing', 'only', 'one', 'tag'),
    says('listing', 'only', 'root-ca', '-fails'),
    says('listing', 'key', 'gone'),
    does('root-ca', 'only', 'written'),
  ],
  'write-hangs': [
    says('hangs', 'listing', 'written'),
    says('hangs', 'credential', 'listing'),
    says('hangs', 'credential', 'written'),
  ],
  'listed-and-useless': [says('credential', 'listing', 'garbage'), cured('credential', 'erase', 'listing', 'written')],
  downgraded: [
    says('downgrade', 'mfw'),
    says('downgrade', 'version-number', '-server', '-sdk'),
    says('downgrade', 'modem'),
  ],
  'no-valid-content': [
    says('credential', 'garbage', 'file', '-psk'),
    says('credential', 'garbage', 'slot', '-psk'),
    says('credential', 'garbage', 'written', '-psk'),
    does('credential', 'garbage', 'held'),
  ],
  'text-form-wrong': [says('escaped', 'pem', 'line-end'), cured('escaped', 'pem'), says('escaped', 'pem', 'wrong')],
  'line-ends-wrong': [
    says('windows', 'written', 'file'),

    says('crlf', '-serial', '-flow-control'),
    says('line-end', 'joined'),
    says('lines', 'joined', 'pem'),
    says('line-end', 'changed', 'pem'),
    cured('line-end', 'pem'),
  ],
  'key-form-unsupported': [
    says('key', 'key-kind', 'fails'),
    near('key', 'encrypted', 'written'),
    says('key', 'key-kind', '!connect'),
    says('key', 'key-kind', 'unsupported'),
    says('key', 'key-kind', '!available'),
    cured('key', 'key-kind'),
    says('key', 'kind', 'wrong'),
    cured('key', 'key-alg'),
    contrast('key-alg'),
    near('key-kind', 'works', 'fails', '-root-ca'),
  ],
  'pair-does-not-fit': [
    says('key', 'certificate', 'mixed'),
    says('public-part', 'differ'),
    says('public-part', '!fit'),
    says('public-part', '!same'),
    says('key', 'certificate', '!fit'),
    says('key', 'certificate', 'fit', 'other'),
  ],
  'wrong-type': [
    says('credential', 'type-number', 'wrong', 'written'),
    says('credential', 'type-number', 'instead', 'written'),
    says('credential', 'tag', 'other', 'root-ca', 'key'),
    cured('credential', 'type-number', 'wrong'),
  ],
  'tag-not-the-one': [
    says('tag', 'other', 'written', '-same'),
    says('tag', 'wrong'),
    says('tag', '!fit'),
    says('tag', 'unsure'),
    says('tag', 'blank', '-cleared', '-listing', '-same'),
    says('~tag', '!certain'),
    says('tag', 'differ', 'option'),
    cured('tag', 'altered'),
    cured('tag', 'unset', 'option'),
  ],
  'other-store': [
    says('app-store', 'credential', '!held'),
    says('app-store', 'offloaded'),
    says('app-store', 'credential', 'fails'),
    says('app-store', 'credential', '!connect'),
    says('app-store', 'credential', 'library'),
    near('app-store', 'born-key'),
    near('app-store', 'key', '!held'),
  ],
  'digest-differs': [
    says('digest', 'differ', '-fit'),
    says('digest', '!same'),
    says('digest', '!fit'),
    near('digest', 'listing', 'other'),
  ],
  'leaf-stored': [
    says('leaf', 'written', 'instead'),
    says('leaf', 'instead', 'root-ca'),
    says('leaf', 'as-ca'),
    cured('leaf', 'root-ca', 'written'),
  ],
  'psk-form-wrong': [
    near('psk', 'hex'),
    says('psk', 'wrong'),
    says('psk', 'differ'),
    says('psk', '!fit'),
    cured('psk', 'hex'),
  ],
  'chip-erased': [says('erase', 'target'), says('erase', 'unit'), says('erase', 'image')],
  'still-there': [
    says('old', 'tag', 'held'),
    says('old', 'credential', 'held'),
    says('credential', 'still', 'held'),
    says('listing', 'still'),
    says('tag', 'still'),
    says('credential', '!erase'),
  ],
  'supply-weak': [does('supply', 'dip'), cured('supply', 'changed'), cured('supply', 'other'), says('jig', 'only')],
}
