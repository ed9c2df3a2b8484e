// `npm run dossiers -- [--seed S] [--only NAME] [--open] [--show] [--json]`: troubles acted by boards, networks and brokers, and what the doctor says of them.
import { parseArgs } from 'node:util'
import { degraded } from '../test/dossiers/degrade.ts'
import type { Dossier } from '../test/dossiers/dossier.ts'
import { act, scenes } from '../test/dossiers/generate.ts'
import { judge } from '../test/dossiers/judge.ts'
import { confusion, score } from '../test/dossiers/score.ts'
import { notActed } from '../test/dossiers/slugs.ts'
import { heldOut } from '../test/dossiers/templates.ts'
import { figure } from '../test/support/figures.ts'
import { inParallel } from '../test/support/pool.ts'
import { sampled } from '../test/support/scale.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    open: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const chosen = scenes().filter(
  ({ template: { name } }) =>
    (values.only === undefined || name === values.only) && !(values.open && heldOut.has(name)),
)
const acted: Dossier[] = []
await inParallel(values.only === undefined ? sampled(chosen, 60) : chosen, 6, async (scene) => {
  acted.push(await act(scene))
  if (!values.json && acted.length % 100 === 0) console.log(`${acted.length} acted`)
})
const clean = acted.map(judge)
const worn = acted.map((dossier) => judge(degraded(dossier, values.seed)))
const out = { clean: clean.filter(held), degraded: worn.filter(held) }
const open = { clean: clean.filter((one) => !held(one)), degraded: worn.filter((one) => !held(one)) }
const result = {
  n: acted.length,
  open: { clean: score(open.clean), degraded: score(open.degraded) },
  heldOut: { clean: score(out.clean), degraded: score(out.degraded) },
  worstErrors: score(clean).worst + score(worn).worst,
  notActed: Object.keys(notActed).length,
  seed: values.seed,
}
if (process.env['SECTAG_FIGURES'] === '1') figure('dossiers', result)
if (!values.json) tell()
console.log(values.json ? JSON.stringify({ type: 'result', ...result }) : JSON.stringify(result, null, 2))

function held({ dossier }: { dossier: Dossier }): boolean {
  return dossier.heldOut
}

function tell(): void {
  if (values.show)
    for (const { dossier, said, right } of clean.filter((one) => values.only !== undefined || !one.right)) {
      console.log(
        `${right ? 'right' : 'wrong'} ${dossier.template} ${dossier.setting.mfw} ${dossier.setting.sdk}: ${said.slice(0, 3).join(', ')}`,
      )
      if (values.only !== undefined) for (const { name, text } of dossier.pieces) console.log(`--- ${name}\n${text}`)
    }
  console.log('clean:')
  for (const line of confusion(clean)) console.log(`  ${line}`)
  console.log('degraded:')
  for (const line of confusion(worn)) console.log(`  ${line}`)
  console.log('not acted:')
  for (const [slug, why] of Object.entries(notActed)) console.log(`  ${slug.padEnd(28)} ${why}`)
}
