import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { createUnsentWords } from '../delegations/index.ts'

/** Words that were typed to a workspace and not sent. */
export const unsent = createUnsentWords<WorkspaceId>('chat')
