import { z } from 'zod'
import { WorkspaceConfig } from '#shared/workspaces/config.ts'

/** The same schema the server checks a save against, for completion and what is said on hover. */
export const configSchema = {
  uri: 'https://delegraph.invalid/config.schema.json',
  schema: z.toJSONSchema(WorkspaceConfig, {
    io: 'input',
    // Every field may be left empty; nobody wants `null` proposed for it.
    override: ({ zodSchema, jsonSchema }) => {
      const [given] = jsonSchema.anyOf ?? []
      if (zodSchema._zod.def.type !== 'nullable' || !given) return
      delete jsonSchema.anyOf
      Object.assign(jsonSchema, given)
    },
  }),
}
