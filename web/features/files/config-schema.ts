import { z } from 'zod'
import { WorkspaceConfig } from '#shared/workspaces/config.ts'

/** The same schema the server checks a save against, for completion and what is said on hover. */
export const configSchema = {
  uri: 'https://delegraph.invalid/config.schema.json',
  schema: z.toJSONSchema(WorkspaceConfig, { io: 'input' }),
}
