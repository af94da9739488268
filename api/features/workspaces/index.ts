export { insertWorkspace } from './insert-workspace.ts'
export { listLiving, loadChart, lockWorkspace, type OrgChart, requireWorkspace } from './load-chart.ts'
export { setParent, updateFromTemplate } from './set-parent.ts'
export { lockChart } from './store.ts'
