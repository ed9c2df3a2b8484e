import { highestTag, tagKnowledge } from '../numbers/index.ts'
import { keyFits, parsePem, readPrivateKey } from '../pki/index.ts'
import { byteText, credentialType } from '../terms/index.ts'
import type { WantedTag } from './manifest.ts'
import type { Problem } from './problem.ts'
import type { SettledItem } from './settled-item.ts'

/** What is known of the security tag itself. */
export function lintTag(tag: WantedTag): Problem[] {
  const knowledge = tagKnowledge(tag.tag)
  const where = tag.where
  const text = 'note' in knowledge ? `security tag ${tag.tag}: ${knowledge.note}` : ''
  switch (knowledge.kind) {
    case 'free':
      return []
    case 'convention':
      return [{ severity: 'note', code: 'tag-convention', where, text }]
    case 'developer':
    case 'reserved':
      return [
        { severity: 'error', code: `tag-${knowledge.kind}`, where, text, next: `choose a tag from 0 to ${highestTag}` },
      ]
  }
}

/** Whether the items of one tag belong together. */
export async function lintSet(tag: WantedTag, found: readonly SettledItem[]): Promise<Problem[]> {
  const { rootCa, clientCertificate, privateKey, psk, pskIdentity } = credentialType
  const born = tag.enrol === undefined ? [] : [clientCertificate, privateKey]
  const types = new Set([...tag.items.map((item) => item.type), ...born])
  const warn = (code: string, text: string): Problem => ({ severity: 'warning', code, where: tag.where, text })
  const problems: Problem[] = []
  if (types.size === 0 && !tag.exclusive) {
    problems.push({
      severity: 'error',
      code: 'empty-tag',
      where: tag.where,
      text: `nothing is wanted in tag ${tag.tag}`,
    })
  }
  if (tag.enrol !== undefined && tag.items.some(({ type }) => type === clientCertificate || type === privateKey)) {
    problems.push({
      severity: 'error',
      code: 'enrol-and-files',
      where: tag.where,
      text: 'enrol has the key born in the modem and its certificate issued; files for them do not go with it',
      next: 'leave out either enrol, or the certificate and the key',
    })
  }
  if (types.has(psk) !== types.has(pskIdentity)) {
    const missing = types.has(psk) ? 'its identity (psk-identity)' : 'the key (psk)'
    problems.push({ severity: 'error', code: 'psk-half', where: tag.where, text: `a PSK needs ${missing} beside it` })
  }
  if (types.has(clientCertificate) !== types.has(privateKey)) {
    const missing = types.has(privateKey) ? 'its client certificate' : 'its private key'
    problems.push(warn('set-incomplete', `mutual TLS needs ${missing} too; whether the two fit cannot be checked`))
  }
  if (types.size > 0 && !types.has(rootCa) && !types.has(psk)) {
    problems.push(warn('no-root-ca', 'no root CA here: a TLS socket fails unless some tag of its list holds one'))
  }
  problems.push(...(await lintFit(found)))
  return problems
}

async function lintFit(found: readonly SettledItem[]): Promise<Problem[]> {
  const certificate = found.find(({ material }) => material.slot.type === credentialType.clientCertificate)?.material
  const key = found.find(({ material }) => material.slot.type === credentialType.privateKey)?.material
  const [leaf] = certificate?.certificates ?? []
  if (key === undefined || certificate === undefined || leaf === undefined) return []
  const read = readPrivateKey(parsePem(byteText(key.content.reveal())).blocks)
  if ('code' in read || (await keyFits(read, leaf))) return []
  const text = `the key does not fit the certificate ${leaf.subject} in ${certificate.origin}`
  return [
    {
      severity: 'error',
      code: 'key-does-not-fit',
      where: key.origin,
      text,
      next: 'name the pair that belongs together',
    },
  ]
}
