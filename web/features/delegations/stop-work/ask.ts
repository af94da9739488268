import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { createAsked } from '../../../kernel/asked.ts'

const asked = createAsked<readonly WorkspaceId[]>([])

/** Asks whether the work of these workspaces is to be stopped; none asks nothing. */
export const askStopWork = asked.ask
/** For the one place that shows it. */
export const useStopWorkQuestion = asked.useAskedHere
