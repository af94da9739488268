import { configPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type KeptConfig, WorkspaceConfig, withOneModel } from '#shared/workspaces/config.ts'
import { explainConfigIssue } from '#shared/workspaces/explain-config-issue.ts'
import { parseYaml } from '../../kernel/yaml.ts'

/** A config is read by a person; what is longer is something else. */
const maxConfigBytes = 131_072

type ConfigProblem = { path: string; message: string; line: number; column: number }

/**
 * Reads the text of a config.yaml. What does not hold is refused with its line, column and field: the first in the message,
 * all of them in `data.problems`.
 */
export function parseConfig(text: string): KeptConfig {
  if (Buffer.byteLength(text) > maxConfigBytes) {
    throw new AppError('too-large', `${configPath} may hold at most 128 KiB.`, { field: 'text' })
  }
  const parsed = parseYaml(text)
  if (!parsed.ok) throw refusal(parsed.problems.map((problem) => ({ path: '', ...problem })))
  // An empty file says nothing, which is allowed.
  const checked = WorkspaceConfig.safeParse(parsed.value ?? {})
  if (checked.success) return withOneModel(checked.data)
  throw refusal(
    checked.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: explainConfigIssue(issue),
      ...parsed.placeOf(issue.path),
    })),
  )
}

function refusal(found: readonly ConfigProblem[]): AppError {
  const problems = found.toSorted((a, b) => a.line - b.line || a.column - b.column)
  const [first] = problems
  const place = `${configPath}, line ${first?.line ?? 1}, column ${first?.column ?? 1}`
  const words = [first?.path, first?.message].filter(Boolean).join(': ')
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new AppError('bad-input', `${place}: ${words}${more}`, {
    field: first?.path || 'text',
    fix: 'Correct it and save again; nothing was saved.',
    data: { problems },
  })
}
