import { useSyncExternalStore } from 'react'

/** The bell's list or the rules, asked for from the top bar, the banner, the palette, the keyboard or the org's menu. */
export type ApprovalView = 'nothing' | 'bell' | 'rules'

let shown: ApprovalView = 'nothing'
let isBannerHidden = false
const listeners = new Set<() => void>()

export function askApprovals(next: ApprovalView): void {
  shown = next
  tell()
}

export function useApprovalView(): ApprovalView {
  return useSyncExternalStore(subscribe, () => shown)
}

/** Puts the banner away until a new question comes, or the page is loaded again. */
export function hideBanner(): void {
  isBannerHidden = true
  tell()
}

export function showBanner(): void {
  isBannerHidden = false
  tell()
}

export function useIsBannerHidden(): boolean {
  return useSyncExternalStore(subscribe, () => isBannerHidden)
}

function tell(): void {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
