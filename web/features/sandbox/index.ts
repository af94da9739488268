export { RunPane } from './run-pane.tsx'
