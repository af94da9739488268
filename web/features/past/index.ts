export { LookBack } from './look-back.tsx'
export { isShownNow, shownTime, useIsPast } from './past-store.ts'
export { PastBadge, Scrubber } from './scrubber.tsx'
