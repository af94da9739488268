export const defaultExpirySeconds = 600
export const maxExpirySeconds = 30 * 24 * 3_600
export const maxReasonChars = 1_000
/** Of the arguments shown with a question, in UTF-16 units. */
export const maxArgsChars = 4_000
