export { createOrg, createOrgWith } from './create-org.ts'
export { eraseDeletedOrgs } from './delete-org.ts'
export { listOrgsOf } from './store.ts'
