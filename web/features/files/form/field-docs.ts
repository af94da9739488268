import { WorkspaceConfig } from '#shared/workspaces/config.ts'

/** What each field is for, in the words of the schema. */
export const fieldDocs: Readonly<Record<string, string | undefined>> = Object.fromEntries(
  Object.entries(WorkspaceConfig.shape).map(([name, schema]) => [name, schema.description]),
)
