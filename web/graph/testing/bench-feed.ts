import type { OrgId } from '#shared/kernel/ids.ts'
import { liveStore } from '../../features/delegations/index.ts'
import { openLive } from '../../kernel/live.ts'
import { forgetRenders } from './count-renders.ts'

/** Hears the org as the app does: a stream, the shared worker, the live store. `ask` is called once that is open. */
function hear(orgId: OrgId, ask: () => void): void {
  let isAsked = false
  const onState = (state: string) => {
    document.documentElement.dataset.connection = state
    if (state !== 'live' || isAsked) return
    isAsked = true
    ask()
  }
  openLive({ orgId, after: 0, onEvent: liveStore.apply, onWords: () => {}, onAside: () => {}, onState })
}

/** Delegations of random workspaces that start, wait, go on and end, over and over, as the bench's server tells them. */
export function hearFeed(orgId: OrgId): void {
  hear(orgId, () => void fetch(`/feed/${orgId}`, { method: 'POST' }))
}

/** One change at a time, of a card that is on the screen: the bench asks for it by an event. */
export function hearOneByOne(orgId: OrgId): void {
  window.addEventListener('bench-forget', forgetRenders)
  hear(orgId, () =>
    window.addEventListener('bench-change', () => {
      const shown = document.querySelector<HTMLElement>('[data-workspace-id]')?.dataset.workspaceId ?? ''
      forgetRenders()
      void fetch(`/change/${orgId}/${Number(shown.slice(-12))}`, { method: 'POST' })
    }),
  )
}
