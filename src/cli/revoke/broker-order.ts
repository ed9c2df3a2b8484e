import { resolve } from 'node:path'
import type { Door } from '../../broker/index.ts'
import type { World } from '../ca/world.ts'
import type { Ending } from '../output.ts'
import { readPlace } from '../place.ts'
import { readText } from '../read-file.ts'
import type { Typed } from '../verb.ts'
import type { MosquittoFiles } from './mosquitto-files.ts'

/** The broker that was named, and how it is reached. `roots` of its door: of our own authority, unless --broker-ca names others. */
export interface BrokerOrder {
  readonly door: Omit<Door, 'roots'> & { readonly roots?: string }
  readonly files: MosquittoFiles
  /** End the sessions of good certificates with the same name too. */
  readonly namesakes: boolean
}

const usualPort = 8883

/** Reads the flags that say which broker; an Ending where they do not. Whether its files can be used, its driver finds out. */
export function readBroker({ context }: World, { options }: Typed): BrokerOrder | Ending {
  const { broker, crlFile, pidFile, brokerLog, name, brokerCa } = options as Record<string, string | undefined>
  const place = /^mosquitto:(.+)$/.exec(broker ?? '')?.[1]
  const { host, port = usualPort } = readPlace(place ?? '') ?? {}
  if (host === undefined)
    return wrong(
      broker === undefined ? '--broker was not given' : `${broker} is no broker that sectag can drive`,
      'mosquitto:HOST:PORT is expected; without a broker, `sectag ca revoke` only records it',
    )
  if (crlFile === undefined)
    return wrong('--crl-file was not given', 'it is the file that `crlfile` names in mosquitto.conf')
  const roots = brokerCa === undefined ? undefined : readText(resolve(context.cwd, brokerCa), '--broker-ca')
  if (typeof roots === 'object') return roots
  const at = (file: string | undefined): string => resolve(context.cwd, file ?? '')
  return {
    door: { host, port, ...(name !== undefined && { name }), ...(roots !== undefined && { roots }) },
    namesakes: options['endNamesakes'] === true,
    files: { crlFile: at(crlFile), pidFile: at(pidFile), log: at(brokerLog) },
  }
}

function wrong(what: string, why: string): Ending {
  return { exit: 2, failure: { what, state: 'nothing was revoked', why, next: 'sectag revoke --help' } }
}
