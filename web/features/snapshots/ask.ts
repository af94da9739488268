import { createAsked } from '../../kernel/asked.ts'

const asked = createAsked(false)

/** Opens or closes the dialog about snapshots, from the org's menu or the palette. */
export const askSnapshots = asked.ask
/** For the one place that shows it. */
export const useAreSnapshotsAsked = asked.useAskedHere
