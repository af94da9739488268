export { Guide } from './guide.tsx'
export { followGuide } from './guide-state.ts'
