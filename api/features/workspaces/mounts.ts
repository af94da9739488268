import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { MountList } from '#shared/workspaces/contract.ts'
import { type Mount, mountsOf } from '#shared/workspaces/mounts.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, type Reader } from '../../kernel/db.ts'
import { readConfig } from '../files/index.ts'
import { loadChart, noWorkspace } from './load-chart.ts'
import { selectAccess, selectContactPolicy } from './mount-store.ts'

/** What a workspace's config grants it of the files of others, as it holds at this moment. */
export async function readMounts(reader: Reader, id: WorkspaceId): Promise<Mount[]> {
  const access = (await readConfig(reader, id))?.workspace_access
  if (!Array.isArray(access) || access.length === 0) return []
  const [{ workspaces, byId, parentOf }, policy] = await Promise.all([loadChart(reader), selectContactPolicy(reader)])
  const self = byId.get(id)
  return self ? mountsOf(access, { self, workspaces, parentOf, policy }) : []
}

/** For people: what it reaches, and who reaches its files. */
export async function listMounts(context: OrgContext, id: WorkspaceId): Promise<MountList> {
  requireMay(context, 'workspaces.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [{ workspaces, byId, parentOf }, policy, all] = await Promise.all([
      loadChart(reader),
      selectContactPolicy(reader),
      selectAccess(reader),
    ])
    if (!byId.has(id)) throw noWorkspace()
    const of = (self: WorkspaceId) => {
      const found = byId.get(self)
      return found ? mountsOf(all.get(self), { self: found, workspaces, parentOf, policy }) : []
    }
    const reachedBy = [...all.keys()].flatMap((other) =>
      of(other).flatMap((mount) => {
        if (!mount.isOpen || mount.workspaceId !== id) return []
        return [{ workspaceId: other, name: byId.get(other)?.name ?? '', mode: mount.mode, paths: mount.paths }]
      }),
    )
    return { mounts: of(id), reachedBy }
  })
}
