/** Length of a task, in UTF-16 units as browsers count them. Apart from the contract, so that a page can say it without its schemas. */
export const maxTaskChars = 20_000
