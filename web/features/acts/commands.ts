import type { OrgId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { isStandingOld, standingNow } from './cache.ts'
import { latestUndoable, redoLatest, undoLatest } from './undo.ts'

/** Undo and redo; their titles say what they would do, so that nobody has to guess. */
export function undoCommands(orgId: OrgId): Command[] {
  const undoName = () => latestUndoable(orgId)?.act.name
  const redoName = () => standingNow(orgId)?.redo?.name
  return [
    {
      id: 'edit.undo',
      get title() {
        return ['Undo', undoName()].filter(Boolean).join(' ')
      },
      group: 'Edit',
      keys: 'Mod+Z',
      when: () => undoName() !== undefined || isStandingOld(orgId),
      run: () => void undoLatest(orgId),
    },
    {
      id: 'edit.redo',
      get title() {
        return ['Redo', redoName()].filter(Boolean).join(' ')
      },
      group: 'Edit',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      when: () => redoName() !== undefined || isStandingOld(orgId),
      run: () => void redoLatest(orgId),
    },
  ]
}
