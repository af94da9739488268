import { useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { type PasteInto, pasteClip, readClip } from '../features/copies/index.ts'
import { type Command, useCommands } from '../kernel/commands.ts'
import { usePastedText } from './use-pasted-text.ts'

/** What was copied elsewhere is pasted into an org that has no card yet. */
export function useFirstPaste(orgId: OrgId, mayPaste: boolean): void {
  const into = useMemo(
    () => (mayPaste ? (): PasteInto => ({ orgId, parentId: null, at: null }) : undefined),
    [orgId, mayPaste],
  )
  useCommands(useMemo(() => (into ? [pasteCommand(into)] : []), [into]))
  usePastedText(into)
}

function pasteCommand(into: () => PasteInto): Command {
  return {
    ...{ id: 'edit.paste', title: 'Paste', group: 'Edit', scope: 'graph', keys: 'Mod+V' },
    when: () => readClip() !== undefined,
    run: () => void pasteClip(into()),
  }
}
