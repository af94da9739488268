import { FilePen, FolderTree, KeyRound, Maximize, Pencil, Plus, Send, SquarePen, Trash2 } from 'lucide-react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { askDelegation } from '../features/delegations/index.ts'
import { askMove } from '../features/moves/index.ts'
import { askKeys } from '../features/secrets/index.ts'
import { askWorkspace } from '../features/workspaces/index.ts'
import { isMacPlatform, keyCaps } from '../kernel/keys.ts'
import type { MenuEntry } from '../ui/menu.tsx'

export type OpenWhat = 'prompt' | 'config' | 'run'

type CardMenu = {
  ids: readonly WorkspaceId[]
  /** Pause, freeze and their opposites. */
  control: readonly MenuEntry[]
  onOpen: (id: WorkspaceId, what: OpenWhat) => void
}

const caps = (chord: string) => keyCaps(chord, isMacPlatform())

/** What everybody can do with a card: look. */
export function openEntries(id: WorkspaceId, onOpen: CardMenu['onOpen']): MenuEntry[] {
  return [
    { id: 'prompt', label: 'Open prompt', icon: FilePen, run: () => onOpen(id, 'prompt') },
    { id: 'config', label: 'Open config', icon: SquarePen, run: () => onOpen(id, 'config') },
  ]
}

/** Leads from the mark of a card that lacks keys to where they are given. */
export function keyEntries({ id, marks }: Workspace): MenuEntry[] {
  if (marks.length === 0) return []
  return [
    {
      id: 'keys',
      label: 'Add the missing key…',
      icon: KeyRound,
      run: () => askKeys({ kind: 'workspace', workspaceId: id }),
    },
    { kind: 'rule', id: 'keys-rule' },
  ]
}

/** What can be done with the card, or the cards, under the pointer. */
export function cardMenu({ ids, control, onOpen }: CardMenu): MenuEntry[] {
  const [id] = ids
  if (id === undefined) return []
  const move: MenuEntry = {
    id: 'move',
    label: 'Move to…',
    icon: FolderTree,
    keys: caps('M'),
    run: () => askMove({ kind: 'pick', workspaceIds: ids }),
  }
  const remove: MenuEntry = {
    id: 'delete',
    label: ids.length === 1 ? 'Delete' : `Delete ${ids.length} workspaces`,
    icon: Trash2,
    keys: caps('Delete'),
    tone: 'danger',
    run: () => askWorkspace({ kind: 'delete', workspaceIds: ids }),
  }
  const rule = control.length > 0 ? [{ kind: 'rule' as const, id: 'rule-3' }] : []
  if (ids.length > 1) return [move, ...rule, ...control, { kind: 'rule', id: 'rule' }, remove]
  return [
    ...openEntries(id, onOpen),
    { id: 'delegate', label: 'New delegation', icon: Send, keys: caps('D'), run: () => askDelegation(id) },
    { kind: 'rule', id: 'rule-1' },
    {
      id: 'create',
      label: 'New workspace here',
      icon: Plus,
      keys: caps('Shift+N'),
      run: () => askWorkspace({ kind: 'create', parentId: id }),
    },
    {
      id: 'rename',
      label: 'Rename',
      icon: Pencil,
      keys: caps('F2'),
      run: () => askWorkspace({ kind: 'rename', workspaceId: id }),
    },
    move,
    ...rule,
    ...control,
    { kind: 'rule', id: 'rule-2' },
    remove,
  ]
}

/** What can be done at an empty place of the canvas. */
export function canvasMenu(at: Position, onFit: () => void): MenuEntry[] {
  return [
    {
      id: 'create',
      label: 'New workspace here',
      icon: Plus,
      run: () => askWorkspace({ kind: 'create', parentId: null, position: at }),
    },
    { id: 'fit', label: 'Fit the whole org', icon: Maximize, keys: caps('F'), run: onFit },
  ]
}
