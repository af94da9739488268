export { createOrg, createOrgWith } from './create-org.ts'
export { listOrgsOf } from './store.ts'
