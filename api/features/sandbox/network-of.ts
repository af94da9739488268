import type { NetworkRules } from '#sandbox/sandbox.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { isHostAllowed, readAllowedHost, writeAllowedHost } from '#shared/sandbox/allowed-host.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { isAllowedAddress } from '../../kernel/allowed-addresses.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { readConfig } from '../files/index.ts'
import { selectHosts } from './store.ts'

/** What programs of a workspace may reach, and what its config names in vain because no person allowed it. */
export type WorkspaceNetwork = { rules: NetworkRules | undefined; notAllowed: readonly string[] }

/** A person with the permission lists a host for the organisation, and the workspace's config names it: both, or nobody. */
export async function networkOf({ db, orgId }: OrgContext, id: WorkspaceId): Promise<WorkspaceNetwork> {
  return await inSnapshot(db, orgId, async (reader) => {
    const asked = (await readConfig(reader, id))?.network_hosts ?? []
    const named = asked.flatMap((text) => readAllowedHost(text) ?? [])
    if (named.length === 0) return { rules: undefined, notAllowed: [] }
    const known = await selectHosts(reader)
    const isKnown = (host: (typeof named)[number]) =>
      known.some((each) => each.host === host.host && each.port === host.port) ||
      (!host.host.startsWith('*.') && isHostAllowed(known, host.host, host.port))
    const allowed = named.filter(isKnown)
    const notAllowed = named.filter((host) => !isKnown(host)).map(writeAllowedHost)
    return { rules: allowed.length > 0 ? { allowed, mayReachPrivate } : undefined, notAllowed }
  })
}

function mayReachPrivate(host: string, port: number): boolean {
  return isAllowedAddress(new URL(`http://${host}:${port}`)) || isAllowedAddress(new URL(`https://${host}:${port}`))
}
