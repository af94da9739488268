import { lazyPart } from '#web/kernel/lazy-part.ts'

export { Guide } from './guide.tsx'
export { followGuide } from './guide-state.ts'

export const StartCards = lazyPart(() => import('./start-cards.tsx').then((part) => ({ default: part.StartCards })))
