import { judgement, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** Resets without `AT+CFUN=0`: the modem bars itself from attaching (POW-20), or keeps a stale state (POW-26). */
export const modemUncleanShutdown: Rule = {
  id: 'modem-unclean-shutdown',
  explains: ['net-not-registered', 'sim-failure', 'modem-init-failed', 'net-blocked'],
  judge(facts) {
    const barred = facts
      .of('barred')
      .map((fact) => point(strength.proof, 'after too many resets the modem does not attach for half an hour', fact))
    const said = seen(facts, {
      'clean-end-cures': strength.proof,
      'barred-for-a-while': strength.strong,
      'unclean-resets': strength.sign,
      'stale-state': strength.sign,
    })
    return judgement([...barred, ...said], ['registration', 'log'])
  },
}
