import type { Gate } from '../../broker/index.ts'
import { armour, makeRequest, newKeyPair } from '../../pki/index.ts'
import { type Outcome, ok, rehearsalPrefix, Secret, utf8 } from '../../terms/index.ts'
import { type HomeAuthority, issueAndRecord } from '../ca/open.ts'
import type { RecordProblem } from '../ca/record-problem.ts'
import { revokeAndRecord } from '../ca/revocations.ts'

/** By this name a broker's log and the register know what was made for trying a door. */
const subject = `${rehearsalPrefix}trial`

/**
 * Two certificates of this computer's own, for a day, whose keys are nowhere but in memory: one stays good, the other is
 * revoked at once, so that only a broker which obeys the list that is made now refuses it. They take nothing from a
 * production line: one whose certificates are spent must still be able to put a board out.
 */
export async function makeTrials(home: HomeAuthority): Promise<Outcome<Gate['trials'], RecordProblem>> {
  const healthy = await makeTrial(home)
  if (!healthy.ok) return healthy
  const revoked = await makeTrial(home)
  if (!revoked.ok) return revoked
  const { serial } = revoked.value
  const recorded = revokeAndRecord(home, { serial, reason: 'cessationOfOperation' })
  return recorded.ok ? ok({ healthy: healthy.value, revoked: revoked.value }) : recorded
}

async function makeTrial(home: HomeAuthority): Promise<Outcome<Gate['trials']['healthy'], RecordProblem>> {
  const pair = await newKeyPair()
  const request = await makeRequest(pair, subject)
  const issued = await issueAndRecord(home, { profile: 'device', request, days: 1, trial: true })
  if (!issued.ok) return issued
  const { chain, certificate } = issued.value
  const key = new Secret(utf8(armour({ label: 'PRIVATE KEY', der: pair.privateKey.pkcs8 })))
  return ok({ chain, key, serial: certificate.serial })
}
