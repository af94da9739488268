import { z } from 'zod'
import { FilePath, maxFileBytes } from '#shared/files/contract.ts'
import { configPath, promptPath } from '#shared/files/paths.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { inMount, isGranted, type Mount, mountRoot } from '#shared/workspaces/mounts.ts'
import { type StandaloneTool, type Standpoint, standaloneTool } from '../../kernel/agent-tool.ts'
import type { Tx } from '../../kernel/db.ts'
import { fileSummaries, readHead, removeFile, writeFile } from '../files/index.ts'
import { requireWorkspace } from './load-chart.ts'
import { readMounts } from './mounts.ts'
import { sharedPaths } from './shared-context.ts'

/** What an agent reads at once; the rest by `from_line`. */
const maxLines = 2_000
const above = 'parent/'

const Path = z
  .string()
  .trim()
  .max(250)
  .describe(
    `A file of your own, e.g. notes/today.md; one shared from above, e.g. ${above}brief.md; or one of another workspace as list_files names it, e.g. ${mountRoot}research/report.md.`,
  )

/**
 * Its own files, what the workspace above shares, to read, and what its config grants of others. Prompts and configs belong to
 * people.
 */
export const fileTools: readonly StandaloneTool[] = [
  standaloneTool({
    name: 'list_files',
    description: `Lists your files with their sizes; those under ${above} are shared by the workspace above you, to read; those under ${mountRoot} are of other workspaces, as your config grants them.`,
    input: z.object({}),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, { workspaceId }) => {
      const own = await fileSummaries(tx, workspaceId)
      const shared = await sharedPaths(tx, workspaceId)
      const theirs = (shared?.files ?? []).map((path) => ({ path: `${above}${path}`, shared_by: shared?.parentName }))
      const mine = own.map(({ path, bytes, version }) => ({ path, bytes, version }))
      const mounts = await readMounts(tx, workspaceId)
      const granted = await Promise.all(mounts.map((mount) => filesIn(tx, mount)))
      return { kind: 'done', text: JSON.stringify([...mine, ...theirs, ...granted.flat()]) }
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
    description:
      'Writes a file of your own, or one you are granted to write: a new one, or a new version; the versions before are kept.',
    input: z.object({ path: Path, text: z.string().max(maxFileBytes) }),
    // The same text again makes no new version.
    hints: { readOnly: false, idempotent: true },
    run: async (tx, { context, workspaceId }, { path, text }) => {
      const place = await writable(tx, workspaceId, path)
      const { version } = await writeFile(tx, { ...place, text, by: context.actor })
      return { kind: 'done', text: JSON.stringify({ path, version }) }
    },
  }),
  standaloneTool({
    name: 'delete_file',
    description: 'Deletes a file of your own, or one you are granted to write. People can have it back.',
    input: z.object({ path: Path }),
    hints: { readOnly: false, idempotent: true, destructive: true },
    run: async (tx, { workspaceId }, { path }) => {
      const place = await writable(tx, workspaceId, path)
      await removeFile(tx, place.workspaceId, place.path)
      return { kind: 'done', text: JSON.stringify({ path, deleted: true }) }
    },
  }),
]

async function textOf(tx: Tx, { workspaceId }: Standpoint, path: string): Promise<string> {
  const place = await readable(tx, workspaceId, path)
  const head = place && (await readHead(tx, place.workspaceId, place.path))
  if (head) return head.text
  throw noFile(path)
}

type Place = { workspaceId: WorkspaceId; path: string }

/** Where a file lies that it may read; undefined where there is none for it. */
async function readable(tx: Tx, workspaceId: WorkspaceId, path: string): Promise<Place | undefined> {
  const inOther = inMount(path)
  if (inOther) {
    const mount = await openMount(tx, workspaceId, inOther.mount)
    return isGranted(mount, inOther.path) ? { workspaceId: mount.workspaceId, path: inOther.path } : undefined
  }
  if (!path.startsWith(above)) return { workspaceId, path }
  const shared = await sharedPaths(tx, workspaceId)
  const name = path.slice(above.length)
  return shared?.files.includes(name) ? { workspaceId: shared.parentId, path: name } : undefined
}

/** Where it may write. What another workspace may not change in a freeze nobody changes for it. */
async function writable(tx: Tx, workspaceId: WorkspaceId, path: string): Promise<Place> {
  const inOther = inMount(path)
  if (!inOther) return { workspaceId, path: own(path) }
  const mount = await openMount(tx, workspaceId, inOther.mount)
  if (mount.mode !== 'read_write') {
    throw new AppError('forbidden', `You may only read what is under ${mountRoot}${mount.mount}.`, { field: 'path' })
  }
  const inside = own(inOther.path)
  if (!isGranted(mount, inside)) {
    throw new AppError('forbidden', `${path} is not among the files of ${mount.name} that you are granted.`, {
      field: 'path',
      fix: `They are: ${mount.paths?.join(', ') ?? 'all but its prompt and config'}.`,
    })
  }
  const { isFrozen } = await requireWorkspace(tx, mount.workspaceId)
  if (isFrozen) throw new AppError('forbidden', `${mount.name} is frozen, so its files may not be changed.`)
  return { workspaceId: mount.workspaceId, path: inside }
}

async function openMount(tx: Tx, workspaceId: WorkspaceId, name: string): Promise<Mount & { isOpen: true }> {
  const mounts = await readMounts(tx, workspaceId)
  const found = mounts.find(({ mount }) => mount === name)
  if (found?.isOpen) return found
  if (found) throw new AppError('forbidden', `${mountRoot}${name} cannot be reached: ${found.why}.`, { field: 'path' })
  const known = mounts.filter(({ isOpen }) => isOpen).map(({ mount }) => `${mountRoot}${mount}`)
  throw new AppError('not-found', `There is no ${mountRoot}${name}.`, {
    field: 'path',
    fix:
      known.length > 0 ? `You are granted: ${known.join(', ')}.` : "Your config grants you no other workspace's files.",
  })
}

/** The granted files of one other workspace, or why there are none. */
async function filesIn(tx: Tx, mount: Mount) {
  const path = `${mountRoot}${mount.mount}`
  if (!mount.isOpen) return [{ path, closed: mount.why }]
  const files = (await fileSummaries(tx, mount.workspaceId)).filter((file) => isGranted(mount, file.path))
  return files.map((file) => ({ path: `${path}/${file.path}`, bytes: file.bytes, of: mount.name, mode: mount.mode }))
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
