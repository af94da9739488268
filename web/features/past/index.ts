export { LookBack } from './look-back.tsx'
export { PastBadge, Scrubber } from './scrubber.tsx'
export { isShownNow, shownTime, useIsPast } from './shown.ts'
