import { createAsked } from '../../kernel/asked.ts'

const asked = createAsked(false)

/** Opens the dialog for a new organisation, from wherever. */
export const askNewOrg = asked.ask
/** For the one place that shows it. */
export const useIsNewOrgAsked = asked.useAskedHere
