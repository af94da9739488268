/** This page, for as long as it is open. */
export const pageId = crypto.randomUUID()
