/** Views a person keeps of one org. */
export const mostViews = 50
export const mostCollapsed = 2_000
export const mostFilter = 200
