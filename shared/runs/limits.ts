export const maxRunFiles = 100
export const maxRunFilesChars = 1_000_000
export const maxRunOutputChars = 200_000
/** Of one organisation; beyond it the oldest make way. */
export const maxRuns = 500
