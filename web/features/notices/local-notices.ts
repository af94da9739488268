import { useMemo, useSyncExternalStore } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { listenForNoticed } from '../../kernel/noticed.ts'
import { notify } from '../../ui/toast.ts'
import { isMutedNow, orgNow } from './cache.ts'
import { type LocalNotice, noticedIn, withNoticed, withRead } from './keep-noticed.ts'

/** They are gone with the page. */
let kept: readonly LocalNotice[] = []
const listeners = new Set<() => void>()

listenForNoticed((noticed) => {
  if (isMutedNow(noticed.kind)) return
  const { orgId = orgNow() } = noticed
  kept = withNoticed(kept, { ...noticed, orgId, at: new Date().toISOString() })
  tell()
  if (noticed.isInSight) return
  notify({
    id: noticed.id,
    title: noticed.title,
    tone: noticed.tone === 'failed' ? 'failed' : noticed.tone === 'completed' ? 'done' : 'plain',
    action: noticed.act,
  })
})

/** Marks one of those shown in an org as read, or all of them. */
export function markLocal(orgId: OrgId, id?: string): void {
  kept = withRead(orgId, kept, id)
  tell()
}

export function useLocalNotices(orgId: OrgId): readonly LocalNotice[] {
  const all = useSyncExternalStore(subscribe, () => kept)
  return useMemo(() => noticedIn(orgId, all), [orgId, all])
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
