import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { isLike } from '#shared/kernel/is-like.ts'
import type { Reader } from '../../kernel/db.ts'
import { fileSummaries, readConfig, readHead } from '../files/index.ts'
import { loadChart } from './load-chart.ts'

/** In all of them together; more would leave a model no room for its own work. */
const maxChars = 60_000

export type SharedFile = { path: string; text: string }

/**
 * What the workspace above shares with those directly below it: the files its config names under `shared_context`, by path
 * or pattern. One level, whatever state the one above is in.
 */
export async function readSharedContext(reader: Reader, workspaceId: WorkspaceId): Promise<SharedFile[]> {
  const paths = await sharedPaths(reader, workspaceId)
  const files: SharedFile[] = []
  let room = maxChars
  for (const path of paths?.files ?? []) {
    const head = paths && (await readHead(reader, paths.parentId, path))
    if (!head || room <= 0) continue
    const text = head.text.length > room ? `${head.text.slice(0, room)}\n[shortened]` : head.text
    room -= text.length
    files.push({ path, text })
  }
  return files
}

/** Where they lie; undefined where nothing is shared. */
export async function sharedPaths(
  reader: Reader,
  workspaceId: WorkspaceId,
): Promise<{ parentId: WorkspaceId; parentName: string; files: string[] } | undefined> {
  const { byId } = await loadChart(reader)
  const parent = byId.get(byId.get(workspaceId)?.parentId ?? workspaceId)
  if (!parent || parent.id === workspaceId) return undefined
  const shared = (await readConfig(reader, parent.id))?.shared_context ?? []
  if (shared.length === 0) return undefined
  const there = await fileSummaries(reader, parent.id)
  const files = there.map(({ path }) => path).filter((path) => shared.some((pattern) => isLike(pattern, path)))
  return { parentId: parent.id, parentName: parent.name, files }
}
