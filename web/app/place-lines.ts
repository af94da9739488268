import type { DelegationView } from '#shared/delegations/contract.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import type { PaletteItem } from '#web/kernel/palette-sources.ts'
import type { DockTab } from './search-params.ts'

const maxWorkspaces = 50
const maxFiles = 20
const maxWork = 20
const over = new Set(['completed', 'failed', 'cancelled'])

/** The workspaces whose name or role holds the words. */
export function workspaceLines(
  workspaces: readonly Workspace[],
  query: string,
  open: (id: WorkspaceId) => void,
): PaletteItem[] {
  const found = workspaces.filter(({ name, role }) => holds(`${name} ${role}`, query))
  return found.slice(0, maxWorkspaces).map(({ id, name, role }) => ({
    ...{ id, title: name, hint: role },
    run: () => open(id),
  }))
}

type Files = {
  workspaces: readonly Workspace[]
  selectedId: WorkspaceId | null
  /** Of the selected workspace, as far as they are known. */
  paths: readonly string[]
}

/** The prompt and the config of every workspace, and all files of the selected one; nothing before something is typed. */
export function fileLines(
  { workspaces, selectedId, paths }: Files,
  query: string,
  open: (id: WorkspaceId, tab: DockTab, path: string) => void,
): PaletteItem[] {
  if (query.trim() === '') return []
  const lines = workspaces.flatMap(({ id, name }) => {
    const own = ['system-prompt.md', 'config.yaml']
    const all = id === selectedId ? [...new Set([...own, ...paths])] : own
    return all.map((path) => ({
      ...{ id: `${id}/${path}`, title: path, hint: name },
      run: () => open(id, tabOf(path), path),
    }))
  })
  return lines.filter(({ title, hint }) => holds(`${hint} ${title} ${hint}`, query)).slice(0, maxFiles)
}

/** What is not over yet, newest first, by its task. */
export function workLines(
  work: readonly Pick<DelegationView, 'id' | 'workspaceId' | 'task' | 'state'>[],
  names: ReadonlyMap<string, string>,
  query: string,
  open: (id: WorkspaceId, delegationId: string) => void,
): PaletteItem[] {
  return work
    .filter(({ state, workspaceId }) => !over.has(state) && names.has(workspaceId))
    .map(({ id, workspaceId, task, state }) => ({
      ...{ id, title: firstLine(task), hint: `${names.get(workspaceId)}, ${state}` },
      run: () => open(workspaceId, id),
    }))
    .filter(({ title, hint }) => holds(`${title} ${hint}`, query))
    .slice(0, maxWork)
}

function tabOf(path: string): DockTab {
  if (path === 'system-prompt.md') return 'prompt'
  return path === 'config.yaml' ? 'config' : 'files'
}

/** Every word of the query, wherever it stands. */
function holds(text: string, query: string): boolean {
  const said = text.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}

function firstLine(task: string): string {
  return task.split('\n', 1)[0]?.slice(0, 120) ?? ''
}
