export { askKeys } from './ask.ts'
export { followSecrets } from './cache.ts'
export { KeysDialogHost } from './keys-dialog-host.tsx'
export { WorkspaceSecrets } from './workspace-secrets.tsx'
