export { createOrg } from './create-org.ts'
export { listOrgsOf } from './store.ts'
