export { writeUses } from './record-use.ts'
export { secretsFor, secretsForAgent } from './secrets-for.ts'
export { destroyOldSecrets } from './store.ts'
export { selectNames } from './version-store.ts'
