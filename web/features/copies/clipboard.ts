import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { isOrgId, isWorkspaceId } from '../../kernel/ids.ts'
import { dropOwn, readOwn, writeOwn } from '../../kernel/own-words.ts'

/** What was copied or cut, by name of nothing but ids: it is read when it is pasted, also in another org or tab. */
export type Clip = { orgId: OrgId; workspaceIds: readonly WorkspaceId[]; isCut: boolean }

const key = 'copied'

export function readClip(): Clip | undefined {
  return readOwn(key, parseClip, undefined)
}

export function keepClip(clip: Clip): void {
  writeOwn(key, clip)
}

export function dropClip(): void {
  dropOwn(key)
}

function parseClip(value: unknown): Clip | undefined {
  if (typeof value !== 'object' || value === null || !('orgId' in value) || !('workspaceIds' in value)) return undefined
  const { orgId, workspaceIds } = value
  if (typeof orgId !== 'string' || !isOrgId(orgId) || !Array.isArray(workspaceIds)) return undefined
  const ids = workspaceIds.filter((id: unknown) => typeof id === 'string').filter(isWorkspaceId)
  return ids.length > 0 ? { orgId, workspaceIds: ids, isCut: 'isCut' in value && value.isCut === true } : undefined
}
