import { createAsked } from '../../kernel/asked.ts'

/** The bell's list or the rules, asked for from the top bar, the banner, the palette, the keyboard or the org's menu. */
export type ApprovalView = 'nothing' | 'bell' | 'rules'

const asked = createAsked<ApprovalView>('nothing')
const banner = createAsked<'shown' | 'hidden'>('shown')

export const askApprovals = asked.ask
export const useApprovalView = asked.useAsked
/** For the one place that shows it. */
export const useApprovalViewHere = asked.useAskedHere

/** Puts the banner away until a new question comes, or the page is loaded again. */
export function hideBanner(): void {
  banner.ask('hidden')
}

export function showBanner(): void {
  banner.ask('shown')
}

export function useIsBannerHidden(): boolean {
  return banner.useAsked() === 'hidden'
}
