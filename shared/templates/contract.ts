import { z } from 'zod'

export const ImportAction = z.enum(['create', 'update', 'keep'])
export type ImportAction = z.infer<typeof ImportAction>

/** What `delegraph import DIR --plan --json` prints: one object. Workspaces in depth-first file order. */
export const ImportReport = z.object({
  /** Name of the org as the template gives it; '' when it could not be read. */
  org: z.string(),
  workspaces: z.array(
    z.object({
      name: z.string(),
      parent: z.string().nullable(),
      action: ImportAction,
      runtime: z.string(),
      model: z.string(),
      tier: z.int(),
      /** In force, in order. */
      plugins: z.array(z.string()),
      schedules: z.array(z.string()),
      channels: z.array(z.string()),
      initialPromptChars: z.int().nonnegative(),
      idlePromptChars: z.int().nonnegative(),
      categoryRouting: z.record(z.string(), z.array(z.string())),
    }),
  ),
  /** Sentences that begin with file:line:column where they speak of a place in a file. */
  warnings: z.array(z.string()),
  errors: z.array(z.string()),
})
export type ImportReport = z.infer<typeof ImportReport>
