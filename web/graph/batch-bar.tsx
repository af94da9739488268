import { AlignHorizontalJustifyStart, CircleStop, Copy, FolderTree, Trash2, X } from 'lucide-react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { askStopWork } from '../features/delegations/index.ts'
import { askMove } from '../features/moves/index.ts'
import { askWorkspace, controlEntries, select, useSelected } from '../features/workspaces/index.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { alignments } from './align.ts'
import { alignTitles, type Doing, directions } from './doing-commands.ts'

type Props = { orgId: OrgId; workspaces: readonly Workspace[]; doing: Doing }

/** With many cards selected: what can be done with all of them at once, where else one would begin something new. */
export function BatchBar({ orgId, workspaces, doing }: Props) {
  const selected = useSelected()
  if (selected.length < 2) return null
  return (
    <div
      role="toolbar"
      aria-label="Selected workspaces"
      className="absolute top-2 right-40 left-3 z-6 flex w-fit animate-appear flex-wrap items-center gap-0.5 rounded-8 bg-raised p-1.5 shadow-float"
    >
      <span className="px-2 font-medium tabular-nums">{selected.length} selected</span>
      {controlButtons(orgId, workspaces, selected).map(({ id, label, run }) => (
        <Button key={id} tone="ghost" onClick={run} title={label}>
          {shortWords[id] ?? label}
        </Button>
      ))}
      <Button tone="ghost" icon={CircleStop} onClick={() => askStopWork(selected)}>
        Stop work
      </Button>
      <Rule />
      <Button tone="ghost" icon={FolderTree} onClick={() => askMove({ kind: 'pick', workspaceIds: selected })}>
        Move to…
      </Button>
      <Button tone="ghost" icon={Copy} onClick={doing.duplicate}>
        Duplicate
      </Button>
      <Menu label="Align" entries={alignEntries(doing, selected.length)} align="start">
        <Button tone="ghost" icon={AlignHorizontalJustifyStart}>
          Align
        </Button>
      </Menu>
      <Rule />
      <Button
        tone="ghost"
        icon={Trash2}
        className="text-danger"
        onClick={() => askWorkspace({ kind: 'delete', workspaceIds: selected })}
      >
        Delete
      </Button>
      <IconButton icon={X} label="Select none" onClick={() => select([])} />
    </div>
  )
}

function Rule() {
  return <span aria-hidden className="mx-1 h-4 w-px bg-line-2" />
}

const shortWords: Record<string, string> = { pause: 'Pause', resume: 'Resume', freeze: 'Freeze', unfreeze: 'Unfreeze' }

type Act = Extract<MenuEntry, { run: () => void }>

function controlButtons(orgId: OrgId, workspaces: readonly Workspace[], ids: readonly WorkspaceId[]): Act[] {
  return controlEntries(orgId, workspaces, ids).filter((entry): entry is Act => 'run' in entry)
}

function alignEntries(doing: Doing, count: number): MenuEntry[] {
  return [
    ...alignments.map((alignment) => ({
      id: alignment,
      label: alignTitles[alignment],
      run: () => doing.align(alignment),
    })),
    { kind: 'rule', id: 'rule' },
    ...directions.map(({ direction, title }) => ({
      id: direction,
      label: title,
      ...(count < 3 && { refused: 'It takes at least three.' }),
      run: () => doing.distribute(direction),
    })),
  ]
}
