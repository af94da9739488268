import { useSyncExternalStore } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { isOrgId, isWorkspaceId } from '../../kernel/ids.ts'
import { dropOwn, readOwn, writeOwn } from '../../kernel/own-words.ts'
import { onPersonKnown } from '../../kernel/person.ts'

/** What was copied or cut, by name of nothing but ids: it is read when it is pasted, also in another org or tab. */
export type Clip = { orgId: OrgId; workspaceIds: readonly WorkspaceId[]; isCut: boolean }

const key = 'copied'

export function readClip(): Clip | undefined {
  return readOwn(key, parseClip, undefined)
}

export function keepClip(clip: Clip): void {
  writeOwn(key, clip)
  tell()
}

export function dropClip(): void {
  dropOwn(key)
  tell()
}

/** Is it on its way elsewhere, and only not pasted yet? */
export function useIsCut(id: WorkspaceId): boolean {
  return useSyncExternalStore(subscribe, () => cutNow().has(id))
}

const listeners = new Set<() => void>()
const none: ReadonlySet<string> = new Set()
let known: ReadonlySet<string> | undefined

function cutNow(): ReadonlySet<string> {
  if (known) return known
  const clip = readClip()
  known = clip?.isCut ? new Set(clip.workspaceIds) : none
  return known
}

function tell(): void {
  known = undefined
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

onPersonKnown(tell)

function parseClip(value: unknown): Clip | undefined {
  if (typeof value !== 'object' || value === null || !('orgId' in value) || !('workspaceIds' in value)) return undefined
  const { orgId, workspaceIds } = value
  if (typeof orgId !== 'string' || !isOrgId(orgId) || !Array.isArray(workspaceIds)) return undefined
  const ids = workspaceIds.filter((id: unknown) => typeof id === 'string').filter(isWorkspaceId)
  return ids.length > 0 ? { orgId, workspaceIds: ids, isCut: 'isCut' in value && value.isCut === true } : undefined
}
