/** Apart from the contract, so that a page can say them without its schemas. */
export const maxScheduleNameChars = 80
