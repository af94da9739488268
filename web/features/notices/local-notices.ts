import { useSyncExternalStore } from 'react'
import { listenForNoticed } from '../../kernel/noticed.ts'
import { notify } from '../../ui/toast.ts'
import { isMutedNow } from './cache.ts'
import { type LocalNotice, withNoticed } from './keep-noticed.ts'

/** They are gone with the page. */
let kept: readonly LocalNotice[] = []
const listeners = new Set<() => void>()

listenForNoticed((noticed) => {
  if (isMutedNow(noticed.kind)) return
  kept = withNoticed(kept, noticed, new Date().toISOString())
  tell()
  if (noticed.isInSight) return
  notify({
    id: noticed.id,
    title: noticed.title,
    tone: noticed.tone === 'failed' ? 'failed' : noticed.tone === 'completed' ? 'done' : 'plain',
    action: noticed.act,
  })
})

export function markLocal(ids: readonly string[]): void {
  kept = kept.map((notice) => (ids.includes(notice.id) ? { ...notice, isRead: true } : notice))
  tell()
}

export function markAllLocal(): void {
  markLocal(kept.map(({ id }) => id))
}

export function useLocalNotices(): readonly LocalNotice[] {
  return useSyncExternalStore(subscribe, () => kept)
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
