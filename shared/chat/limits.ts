/** Of one file, of one message, and of all files an organisation's conversations hold. */
export const maxAttachmentBytes = 4 * 1024 * 1024
export const maxAttachments = 8
export const maxAttachmentsBytes = 256 * 1024 * 1024

/** So many characters of one file, and of all files of a message, a model is given. */
export const maxFileChars = 60_000
export const maxFilesChars = 120_000

/** Of what was said before, so much is given to the model with the next words. */
export const maxEarlierTurns = 20
export const maxEarlierChars = 24_000
export const maxTurnChars = 12_000
