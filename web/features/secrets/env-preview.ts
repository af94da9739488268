import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/secrets/contract.ts'
import { parseEnv } from '#shared/secrets/parse-env.ts'

export type EnvLine = {
  name: string
  value: string
  /** The version it would become; 1 is a new one. */
  version: number
  /** It comes twice in the text; the last one counts. */
  isRepeated: boolean
}

export type EnvPreview = { lines: EnvLine[]; problems: { line: number; message: string }[] }

/** What saving a pasted .env for the organisation, or one workspace, would do. */
export function previewEnv(text: string, workspaceId: WorkspaceId | null, known: readonly Secret[]): EnvPreview {
  const { entries, repeated, problems } = parseEnv(text)
  const versions = new Map(
    known.filter((secret) => secret.workspaceId === workspaceId).map(({ name, version }) => [name, version]),
  )
  const lines = entries.map(({ name, value }) => ({
    name,
    value,
    version: (versions.get(name) ?? 0) + 1,
    isRepeated: repeated.includes(name),
  }))
  return { lines, problems }
}
