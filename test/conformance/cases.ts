import type { Case } from './case.ts'
import { contentCases } from './cases/content.ts'
import { formCases } from './cases/forms.ts'
import { identityCases } from './cases/identity.ts'
import { keyCases } from './cases/keys.ts'
import { languageCases } from './cases/language.ts'
import { memoryCases } from './cases/memory.ts'
import { modeCases } from './cases/modes.ts'
import { refusalCases } from './cases/refusals.ts'
import { simCases } from './cases/sim.ts'
import { slotCases } from './cases/slots.ts'
import { tokenCases } from './cases/tokens.ts'

/** Every dialogue that the virtual modem is held to. */
export const cases: readonly Case[] = [
  ...languageCases,
  ...identityCases,
  ...simCases,
  ...modeCases,
  ...formCases,
  ...slotCases,
  ...contentCases,
  ...refusalCases,
  ...keyCases,
  ...tokenCases,
  ...memoryCases,
]
