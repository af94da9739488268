import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Command } from '../kernel/commands.ts'
import { type Alignment, alignments, type Direction } from './align.ts'

/** What can be done with the cards that are meant now; `meant` are the selected ones, or the one the keyboard is on. */
export type Doing = {
  meant: () => readonly WorkspaceId[]
  canPaste: () => boolean
  hasPlacedTeam: (id: WorkspaceId) => boolean
  isRoot: (id: WorkspaceId) => boolean
  selectAll: () => void
  hasMany: () => boolean
  selectNone: () => void
  copy: () => void
  cut: () => void
  paste: () => void
  /** Among the roots, its upper left card there. */
  pasteAt: (at: { x: number; y: number }) => void
  duplicate: () => void
  extract: () => void
  align: (alignment: Alignment) => void
  distribute: (direction: Direction) => void
  arrange: () => void
  nudge: (by: { x: number; y: number }) => void
}

/** A card's small step and its large one, on the grid. */
const step = 8
const leap = 64

export function doingCommands(doing: Doing): Command[] {
  const any = () => doing.meant().length > 0
  const many = (least: number) => () => doing.meant().length >= least
  const edit = { group: 'Edit', scope: 'graph' } as const
  return [
    { ...edit, id: 'edit.select-all', title: 'Select all workspaces', keys: 'Mod+A', run: doing.selectAll },
    {
      ...edit,
      id: 'edit.select-none',
      title: 'Select none',
      keys: 'Escape',
      when: doing.hasMany,
      run: doing.selectNone,
    },
    { ...edit, id: 'edit.copy', title: 'Copy', keys: 'Mod+C', when: () => any() && !hasText(), run: doing.copy },
    { ...edit, id: 'edit.cut', title: 'Cut', keys: 'Mod+X', when: () => any() && !hasText(), run: doing.cut },
    { ...edit, id: 'edit.paste', title: 'Paste', keys: 'Mod+V', when: doing.canPaste, run: doing.paste },
    { ...edit, id: 'edit.duplicate', title: 'Duplicate', keys: 'Mod+D', when: any, run: doing.duplicate },
    {
      ...{ id: 'workspace.extract', title: 'Extract from team', group: 'Workspaces' },
      when: () => doing.meant().some((id) => !doing.isRoot(id)),
      run: doing.extract,
    },
    {
      ...{ id: 'graph.arrange', title: 'Arrange children', group: 'Graph' },
      when: () => doing.meant().some(doing.hasPlacedTeam),
      run: doing.arrange,
    },
    ...alignments.map((alignment) => ({
      ...{ id: `graph.align-${alignment}`, title: alignTitles[alignment], group: 'Graph' },
      when: many(2),
      run: () => doing.align(alignment),
    })),
    ...directions.map(({ direction, title }) => ({
      ...{ id: `graph.distribute-${direction}`, title, group: 'Graph' },
      when: many(3),
      run: () => doing.distribute(direction),
    })),
    ...nudges.flatMap(({ key, title, x, y }) => [
      nudgeCommand(doing, { id: key, keys: `Alt+${key}`, title, by: { x: x * step, y: y * step } }),
      nudgeCommand(doing, {
        id: `far-${key}`,
        keys: `Alt+Shift+${key}`,
        title: `${title} far`,
        by: { x: x * leap, y: y * leap },
      }),
    ]),
  ]
}

export const alignTitles: Record<Alignment, string> = {
  left: 'Align left',
  centre: 'Align centres',
  right: 'Align right',
  top: 'Align tops',
  middle: 'Align middles',
  bottom: 'Align bottoms',
}

export const directions = [
  { direction: 'across', title: 'Distribute across' },
  { direction: 'down', title: 'Distribute down' },
] as const

const nudges = [
  { key: 'ArrowLeft', title: 'Move the card left', x: -1, y: 0 },
  { key: 'ArrowRight', title: 'Move the card right', x: 1, y: 0 },
  { key: 'ArrowUp', title: 'Move the card up', x: 0, y: -1 },
  { key: 'ArrowDown', title: 'Move the card down', x: 0, y: 1 },
] as const

type Nudge = { id: string; keys: string; title: string; by: { x: number; y: number } }

function nudgeCommand(doing: Doing, { id, keys, title, by }: Nudge): Command {
  return {
    ...{ id: `graph.nudge-${id}`, title, group: 'Graph', scope: 'graph', keys, isHidden: true, repeats: true },
    when: () => doing.meant().length > 0,
    run: () => doing.nudge(by),
  }
}

/** What is marked on the page is what a person means to copy. */
function hasText(): boolean {
  return (window.getSelection()?.toString() ?? '') !== ''
}
