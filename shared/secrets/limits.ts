export const secretName = /^[A-Z][A-Z0-9_]{0,127}$/
export const maxSecretBytes = 65_536
/** Of an organisation, those of its workspaces included. */
export const maxSecrets = 1_000
/** What was deleted can be taken back for so long; then it is destroyed. */
export const restorableHours = 24
