import { changesBetween } from './sdk-changes.ts'
import { parseSdk, passedBy, sdkName, type SdkVersion } from './sdk.ts'

/** Where Nordic keeps notes and guides (COMPAT-65). */
const releasePages = 'https://github.com/nrfconnect/sdk-nrf/blob/main/doc/nrf/releases_and_maturity'

/** A migration guide of Nordic's: the SDK that asks for it, and its page (COMPAT-84). */
export interface Guide {
  readonly since: SdkVersion
  readonly page: string
  readonly facts: readonly string[]
}

const guide = (sdk: string, name: string): Guide => ({
  since: parseSdk(sdk) ?? [0, 0, 0],
  page: `migration/${name}.rst`,
  facts: ['COMPAT-84'],
})

/** Oldest first; there is none for a move within 1.x. */
export const migrationGuides: readonly Guide[] = [
  guide('2.0.0', 'migration_guide_1.x_to_2.x'),
  guide('2.0.0', 'migration_guide_spm_to_tf-m'),
  ...['2.5', '2.6'].map((line) => guide(line, `migration_guide_${line}`)),
  guide('2.7.0', 'migration_sysbuild'),
  guide('2.7.0', 'migration_hwmv2'),
  ...['2.7', '2.8', '2.9', '3.0', '3.1', '3.2', '3.3', '3.4', '3.5'].map((line) =>
    guide(line, `migration_guide_${line}`),
  ),
]

/** The official pages of a move from one SDK to another. */
export interface MovePages {
  /** Release notes of each SDK on the way that changed something, and of the last one. */
  readonly notes: readonly string[]
  readonly knownIssues: string
  /** What the modem library itself changed, version by version. */
  readonly library: string
  /** Nordic's migration guides for this move; empty where there are none. */
  readonly guides: readonly string[]
}

/** The release notes of the SDKs on the way, and the guides that the move asks for. */
export function pagesBetween(from: SdkVersion, to: SdkVersion): MovePages {
  const versions = new Set([...changesBetween(from, to).map(({ since }) => sdkName(since)), sdkName(to)])
  return {
    notes: [...versions].map((name) => `${releasePages}/releases/release-notes-${name}.rst`),
    knownIssues: `${releasePages}/known_issues.rst`,
    library: 'https://github.com/nrfconnect/sdk-nrfxlib/blob/main/nrf_modem/doc/CHANGELOG.rst',
    guides: migrationGuides
      .filter(({ since }) => passedBy(since, from, to))
      .map(({ page }) => `${releasePages}/${page}`),
  }
}
