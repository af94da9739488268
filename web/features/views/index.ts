export { useViews } from './cache.ts'
export { ViewsButton } from './views-button.tsx'
