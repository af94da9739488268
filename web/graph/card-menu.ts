import {
  ArrowUpToLine,
  ChevronsDownUp,
  ChevronsUpDown,
  CircleStop,
  ClipboardPaste,
  Copy,
  CopyPlus,
  Download,
  FilePen,
  FolderTree,
  KeyRound,
  Maximize,
  MessageSquare,
  Network,
  PanelRight,
  Pencil,
  Plus,
  Scan,
  Scissors,
  Send,
  SquareDashedMousePointer,
  SquarePen,
  SquareTerminal,
  Trash2,
} from 'lucide-react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Position, Workspace } from '#shared/workspaces/contract.ts'
import { exportBundle } from '../features/copies/index.ts'
import { askDelegation, askStopWork } from '../features/delegations/index.ts'
import { askMove } from '../features/moves/index.ts'
import { askKeys } from '../features/secrets/index.ts'
import { askWorkspace } from '../features/workspaces/index.ts'
import { isMacPlatform, keyCaps } from '../kernel/keys.ts'
import type { MenuEntry } from '../ui/menu.tsx'
import type { Doing } from './doing-commands.ts'

export type OpenWhat = 'details' | 'chat' | 'prompt' | 'config' | 'run'

type CardMenu = {
  orgId: OrgId
  workspaces: readonly Workspace[]
  ids: readonly WorkspaceId[]
  /** Pause, freeze and their opposites. */
  control: readonly MenuEntry[]
  /** Has the workspace work that could be stopped? */
  isAtWork: boolean
  team: { isCollapsed: boolean; toggle: () => void; zoom: () => void }
  doing: Doing
  onOpen: (id: WorkspaceId, what: OpenWhat) => void
}

const caps = (chord: string) => keyCaps(chord, isMacPlatform())

/** What everybody can do with a card: look. */
function openEntries(id: WorkspaceId, onOpen: CardMenu['onOpen']): MenuEntry[] {
  return [
    { id: 'details', label: 'Details', icon: PanelRight, run: () => onOpen(id, 'details') },
    { id: 'chat', label: 'Chat', icon: MessageSquare, run: () => onOpen(id, 'chat') },
    { id: 'prompt', label: 'Edit prompt', icon: FilePen, run: () => onOpen(id, 'prompt') },
    { id: 'config', label: 'Edit config', icon: SquarePen, run: () => onOpen(id, 'config') },
    { id: 'run', label: 'Run code', icon: SquareTerminal, run: () => onOpen(id, 'run') },
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
    rule('keys-rule'),
  ]
}

/** What can be done with the card, or the cards, under the pointer. What cannot be done now says why. */
export function cardMenu(menu: CardMenu): MenuEntry[] {
  const { ids, workspaces, control } = menu
  const one = ids.length === 1 ? workspaces.find(({ id }) => id === ids[0]) : undefined
  const remove: MenuEntry = {
    id: 'delete',
    label: ids.length === 1 ? 'Delete…' : `Delete ${ids.length} workspaces…`,
    icon: Trash2,
    keys: caps('Delete'),
    tone: 'danger',
    run: () => askWorkspace({ kind: 'delete', workspaceIds: ids }),
  }
  const work = [...control, stopEntry(menu)]
  if (!one) return [moveEntry(ids), ...copyEntries(menu), rule('rule-1'), ...work, rule('rule-2'), remove]
  return [
    ...openEntries(one.id, menu.onOpen),
    { id: 'delegate', label: 'New delegation', icon: Send, keys: caps('D'), run: () => askDelegation(one.id) },
    rule('rule-1'),
    ...chartEntries(menu, one),
    rule('rule-2'),
    ...copyEntries(menu),
    { id: 'export', label: 'Export bundle', icon: Download, run: () => void exportBundle(menu.orgId, one) },
    rule('rule-3'),
    ...teamEntries(menu, one),
    rule('rule-4'),
    ...work,
    rule('rule-5'),
    remove,
  ]
}

/** The menu for who may only look: the acts that change the org stand there too, off, and say who may. */
export function forLooking(entries: readonly MenuEntry[]): MenuEntry[] {
  return entries
    .flatMap((entry): MenuEntry[] => {
      if (!('run' in entry)) return [entry]
      if (looking.has(entry.id)) return [{ ...entry, label: entry.label.replace(/^Edit /, 'Open ') }]
      return changing.has(entry.id) ? [{ ...entry, refused: 'A viewer looks on; a member may.' }] : []
    })
    .filter((entry, place, all) => entry.kind !== 'rule' || all[place - 1]?.kind !== 'rule')
}

const looking: ReadonlySet<string> = new Set([
  ...['details', 'chat', 'prompt', 'config', 'run', 'collapse', 'zoom-team', 'select-all', 'fit'],
])
const changing: ReadonlySet<string> = new Set([
  ...['delegate', 'create', 'rename', 'move', 'pause', 'resume', 'freeze', 'unfreeze', 'stop', 'delete'],
])

function chartEntries({ ids, doing }: CardMenu, { id, parentId }: Workspace): MenuEntry[] {
  return [
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
    moveEntry(ids),
    {
      id: 'extract',
      label: 'Extract from team',
      icon: ArrowUpToLine,
      ...(parentId === null && { refused: 'It is a root: no team to leave.' }),
      run: doing.extract,
    },
  ]
}

function copyEntries({ ids, doing }: CardMenu): MenuEntry[] {
  const paste: MenuEntry = {
    id: 'paste',
    label: 'Paste below',
    icon: ClipboardPaste,
    keys: caps('Mod+V'),
    ...(!doing.canPaste() && { refused: 'Nothing was copied yet.' }),
    run: doing.paste,
  }
  return [
    { id: 'copy', label: 'Copy', icon: Copy, keys: caps('Mod+C'), run: doing.copy },
    { id: 'cut', label: 'Cut', icon: Scissors, keys: caps('Mod+X'), run: doing.cut },
    ...(ids.length === 1 ? [paste] : []),
    { id: 'duplicate', label: 'Duplicate', icon: CopyPlus, keys: caps('Mod+D'), run: doing.duplicate },
  ]
}

function teamEntries({ workspaces, team, doing }: CardMenu, { id }: Workspace): MenuEntry[] {
  const hasTeam = workspaces.some(({ parentId }) => parentId === id)
  const alone = !hasTeam && { refused: 'Nobody reports to it.' }
  return [
    {
      id: 'arrange',
      label: 'Arrange children',
      icon: Network,
      ...(alone || (!doing.hasPlacedTeam(id) && { refused: 'They lie where the layout puts them.' })),
      run: doing.arrange,
    },
    {
      id: 'collapse',
      label: team.isCollapsed ? 'Expand team' : 'Collapse team',
      icon: team.isCollapsed ? ChevronsUpDown : ChevronsDownUp,
      keys: caps('C'),
      ...alone,
      run: team.toggle,
    },
    { id: 'zoom-team', label: 'Zoom to team', icon: Scan, keys: caps('Z'), ...alone, run: team.zoom },
  ]
}

function moveEntry(ids: readonly WorkspaceId[]): MenuEntry {
  const run = () => askMove({ kind: 'pick', workspaceIds: ids })
  return { id: 'move', label: 'Move to…', icon: FolderTree, keys: caps('M'), run }
}

function stopEntry({ ids, isAtWork }: CardMenu): MenuEntry {
  return {
    id: 'stop',
    label: 'Stop work…',
    icon: CircleStop,
    ...(!isAtWork && { refused: 'Nothing is at work or queued.' }),
    run: () => askStopWork(ids),
  }
}

function rule(id: string): MenuEntry {
  return { kind: 'rule', id }
}

/** What can be done at an empty place of the canvas; `at` is where that is. */
export function canvasMenu(at: Position, { doing, onFit }: { doing: Doing; onFit: () => void }): MenuEntry[] {
  return [
    {
      id: 'create',
      label: 'New workspace here',
      icon: Plus,
      run: () => askWorkspace({ kind: 'create', parentId: null, position: at }),
    },
    {
      id: 'paste',
      label: 'Paste here',
      icon: ClipboardPaste,
      keys: caps('Mod+V'),
      ...(!doing.canPaste() && { refused: 'Nothing was copied yet.' }),
      run: () => doing.pasteAt(at),
    },
    {
      id: 'select-all',
      label: 'Select all',
      icon: SquareDashedMousePointer,
      keys: caps('Mod+A'),
      run: doing.selectAll,
    },
    { id: 'fit', label: 'Fit the whole org', icon: Maximize, keys: caps('F'), run: onFit },
  ]
}
