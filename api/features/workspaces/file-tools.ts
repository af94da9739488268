import { z } from 'zod'
import { FilePath, maxFileBytes } from '#shared/files/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type StandaloneTool, type Standpoint, standaloneTool } from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { fileSummaries, readHead, removeFile, writeFile } from '../files/index.ts'
import { sharedPaths } from './shared-context.ts'

/** What an agent reads at once; the rest by `from_line`. */
const maxLines = 2_000
const above = 'parent/'

const Path = z
  .string()
  .trim()
  .max(250)
  .describe(`A file of your own, e.g. notes/today.md; or one shared from above, e.g. ${above}brief.md.`)

/** Its own files, and to read what the workspace above shares. Prompt and config belong to people. */
export const fileTools: readonly StandaloneTool[] = [
  standaloneTool({
    name: 'list_files',
    description: `Lists your files with their sizes; those under ${above} are shared by the workspace above you, to read.`,
    input: z.object({}),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, { workspaceId }) => {
      const own = await fileSummaries(tx, workspaceId)
      const shared = await sharedPaths(tx, workspaceId)
      const theirs = (shared?.files ?? []).map((path) => ({ path: `${above}${path}`, shared_by: shared?.parentName }))
      const mine = own.map(({ path, bytes, version }) => ({ path, bytes, version }))
      return { kind: 'done', text: JSON.stringify([...mine, ...theirs]) }
    },
  }),
  standaloneTool({
    name: 'read_file',
    description: `Reads a file, at most ${maxLines} lines at once.`,
    input: z.object({
      path: Path,
      from_line: z.int().min(1).default(1),
      lines: z.int().min(1).max(maxLines).default(maxLines),
    }),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, site, { path, from_line: from, lines }) => {
      const all = (await textOf(tx, site, path)).split('\n')
      const shown = all.slice(from - 1, from - 1 + lines)
      const rest = all.length - (from - 1 + shown.length)
      const more = rest > 0 ? `\n[${rest} more lines: read on from_line ${from + shown.length}]` : ''
      return { kind: 'done', text: `${shown.join('\n')}${more}` }
    },
  }),
  standaloneTool({
    name: 'write_file',
    description: 'Writes a file of your own: a new one, or a new version of one; the versions before are kept.',
    input: z.object({ path: Path, text: z.string().max(maxFileBytes) }),
    // The same text again makes no new version.
    hints: { readOnly: false, idempotent: true },
    run: async (tx, { context, workspaceId }, { path, text }) => {
      const { version } = await writeFile(tx, { workspaceId, path: own(path), text, by: context.actor })
      return { kind: 'done', text: JSON.stringify({ path, version }) }
    },
  }),
  standaloneTool({
    name: 'delete_file',
    description: 'Deletes a file of your own. People can have it back.',
    input: z.object({ path: Path }),
    hints: { readOnly: false, idempotent: true, destructive: true },
    run: async (tx, { workspaceId }, { path }) => {
      await removeFile(tx, workspaceId, own(path))
      return { kind: 'done', text: JSON.stringify({ path, deleted: true }) }
    },
  }),
]

async function textOf(tx: Tx, { workspaceId }: Standpoint, path: string): Promise<string> {
  if (!path.startsWith(above)) {
    const head = await readHead(tx, workspaceId, path)
    if (head) return head.text
    throw noFile(path)
  }
  const shared = await sharedPaths(tx, workspaceId)
  const name = path.slice(above.length)
  const head = shared?.files.includes(name) ? await readHead(tx, shared.parentId, name) : undefined
  if (head) return head.text
  throw noFile(path)
}

/** An agent that could write its own prompt or config could give itself what people did not. */
function own(path: string): string {
  if (path.startsWith(above)) {
    throw new AppError('forbidden', `${path} belongs to the workspace above; you may only read it.`, { field: 'path' })
  }
  if (path === promptPath || path === configPath) {
    throw new AppError('forbidden', `${path} is written by people.`, {
      field: 'path',
      fix: 'Ask the people who follow this work, or write to another file.',
    })
  }
  const fits = FilePath.safeParse(path)
  if (fits.success) return fits.data
  throw new AppError('bad-input', `${JSON.stringify(path)} cannot be the path of a file.`, {
    field: 'path',
    fix: fits.error.issues[0]?.message ?? 'Use a relative path.',
  })
}

function noFile(path: string): AppError {
  return new AppError('not-found', `There is no file ${path}.`, { field: 'path', fix: 'Call list_files.' })
}
