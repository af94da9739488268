export { LookBack } from './look-back.tsx'
export { PastBadge, Scrubber } from './scrubber.tsx'
export { isPastNow, isShownNow, shownTime, useIsPast } from './shown.ts'
