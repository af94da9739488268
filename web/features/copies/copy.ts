import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import { client } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { keepClip } from './clipboard.ts'

type Chosen = { orgId: OrgId; workspaces: readonly Workspace[]; ids: readonly WorkspaceId[] }

/** Remembers what is to be pasted, and gives the system's clipboard its text as a bundle too, for editors and mails. */
export function copy({ orgId, workspaces, ids }: Chosen): void {
  keepClip({ orgId, workspaceIds: ids, isCut: false })
  void writeBundle(orgId, ids)
  notify({ id: 'copied', title: `Copied ${whatOf(workspaces, ids)}`, detail: howToPaste(), tone: 'done' })
}

/** Pasted here it moves, pasted in another org it goes there; until then nothing happens to it. */
export function cut({ orgId, workspaces, ids }: Chosen): void {
  keepClip({ orgId, workspaceIds: ids, isCut: true })
  const title = `${whatOf(workspaces, ids)} will move when you paste`
  notify({ id: 'copied', title, detail: howToPaste(), tone: 'done' })
}

export function whatOf(workspaces: readonly Workspace[], ids: readonly WorkspaceId[]): string {
  const [only] = ids
  if (ids.length !== 1) return `${ids.length} workspaces`
  return workspaces.find(({ id }) => id === only)?.name ?? '1 workspace'
}

function howToPaste(): string {
  return `Select where it goes and press ${keyCaps('Mod+V', isMacPlatform()).join(' ')}, here or in another organisation.`
}

/** The browser may refuse; then only our own paste knows of it. */
async function writeBundle(orgId: OrgId, ids: readonly WorkspaceId[]): Promise<void> {
  try {
    const bundles = await client.copies.take.query({ orgId, workspaceIds: [...ids] })
    await navigator.clipboard.writeText(JSON.stringify(bundles.length === 1 ? bundles[0] : bundles, null, 2))
  } catch {}
}
