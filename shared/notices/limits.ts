/** Counting stops here: more than that nobody reads one by one. */
export const unreadMax = 100
