import { createAsked } from '../../kernel/asked.ts'

const asked = createAsked(false)

/** Opens or closes the panel of the bell. */
export const askNotices = asked.ask
/** Who has the list before them is not called to it. */
export const isNoticesOpen = asked.now
/** For the one place that shows it. */
export const useNoticesOpen = asked.useAskedHere
