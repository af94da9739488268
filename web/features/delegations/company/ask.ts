import { createAsked } from '../../../kernel/asked.ts'

const asked = createAsked(false)

/** Opens or closes "Stop the company", from the org's menu or the palette. */
export const askToStop = asked.ask
/** For the one place that shows it. */
export const useIsStopAsked = asked.useAskedHere
