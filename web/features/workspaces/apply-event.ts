import { configPath } from '#shared/files/paths.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import type { Position, Workspace, WorkspaceList } from '#shared/workspaces/contract.ts'

/** `isIncomplete`: the event says that something changed, but not all of what; the list must be read again. */
export type Followed = { list: WorkspaceList; isIncomplete: boolean }

/** The list after one event. Events it has seen change nothing; workspaces that did not change stay the same objects. */
export function applyWorkspaceEvent(list: WorkspaceList, event: OrgEvent): Followed {
  if (event.seq <= list.seq) return { list, isIncomplete: false }
  const kept = { list: { ...list, seq: event.seq }, isIncomplete: false }
  switch (event.type) {
    case 'workspace.renamed':
      return edit(kept, event.payload.workspaceId, { name: event.payload.name })
    case 'workspace.moved': {
      const { workspaceId, toParentId: parentId, position } = event.payload
      return edit(kept, workspaceId, { parentId, position })
    }
    case 'workspace.status-changed':
      return edit(kept, event.payload.workspaceId, { status: event.payload.status })
    case 'workspace.placed':
      return { list: place(kept.list, event.payload.positions), isIncomplete: false }
    case 'workspace.deleted': {
      const gone = event.payload.workspaceId
      const workspaces = list.workspaces.filter(({ id }) => id !== gone)
      return { list: { ...kept.list, workspaces }, isIncomplete: false }
    }
    case 'workspace.created':
    case 'workspace.restored':
    case 'workspace.paused':
    case 'workspace.resumed':
    case 'workspace.frozen':
    case 'workspace.unfrozen':
    case 'template.imported':
    case 'org.stopped':
    case 'org.started':
    case 'org.frozen':
    case 'org.unfrozen':
    case 'org.rehearsal-switched':
    case 'secret.set':
    case 'secret.deleted':
    case 'secret.restored':
      return { ...kept, isIncomplete: true }
    case 'file.saved':
    case 'file.deleted':
      return { ...kept, isIncomplete: event.payload.path === configPath }
    default:
      return kept
  }
}

export type Placement = { workspaceId: WorkspaceId; position: Position | null }

export function place(list: WorkspaceList, placements: readonly Placement[]): WorkspaceList {
  const places = new Map(placements.map(({ workspaceId, position }) => [workspaceId, position]))
  const workspaces = list.workspaces.map((workspace) => {
    const position = places.get(workspace.id)
    return position === undefined || isSamePlace(workspace.position, position) ? workspace : { ...workspace, position }
  })
  return { ...list, workspaces }
}

function edit({ list }: Followed, id: WorkspaceId, change: Partial<Workspace>): Followed {
  const workspaces = list.workspaces.map((workspace) => (workspace.id === id ? { ...workspace, ...change } : workspace))
  return { list: { ...list, workspaces }, isIncomplete: false }
}

function isSamePlace(a: Position | null, b: Position | null): boolean {
  return a === b || (a !== null && b !== null && a.x === b.x && a.y === b.y)
}
