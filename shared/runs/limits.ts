export const maxRunFiles = 100
export const maxRunFilesChars = 1_000_000
/** What is kept of a run's output; of more the middle is left out, and the record says how much. */
export const maxRunOutputChars = 60_000
/** Pieces of output that are kept: stdout and stderr by turns. */
export const maxRunPieces = 2_000
/** Of one person, shared; beyond it the oldest of theirs make way. */
export const maxSharedRuns = 500
/** Of one person, not shared; beyond it the oldest make way. */
export const maxOwnRuns = 50
