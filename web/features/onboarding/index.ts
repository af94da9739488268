import { lazy } from 'react'

export { Guide } from './guide.tsx'
export { followGuide } from './guide-state.ts'

export const StartCards = lazy(() => import('./start-cards.tsx').then((part) => ({ default: part.StartCards })))
