import { Eye } from 'lucide-react'
import type { Role } from '#shared/orgs/contract.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'

export type SaveStatusProps = {
  isUnsaved: boolean
  isSaving: boolean
  /** False when this browser keeps no drafts: a reload would lose the text. */
  isKept: boolean
  version: number
  onSave: () => void
}

/** Says whether the text is saved, and offers to. */
export function SaveStatus({ isUnsaved, isSaving, isKept, version, onSave }: SaveStatusProps) {
  const words = isSaving ? 'Saving' : isUnsaved ? 'Unsaved changes' : 'Saved'
  return (
    <>
      {isUnsaved && !isKept && (
        <span className="text-12 text-state-waiting">This browser keeps no drafts: save before you leave.</span>
      )}
      <span className="flex items-center gap-2 text-12 text-fg-2">
        <span role="status">{words}</span>
        <span className="hidden font-mono text-fg-3 tabular-nums wide:inline">v{version}</span>
      </span>
      <Button
        size="small"
        disabled={!isUnsaved}
        isBusy={isSaving}
        onClick={onSave}
        trailing={<Kbd keys={keyCaps('Mod+S', isMacPlatform())} />}
      >
        Save
      </Button>
    </>
  )
}

/** Why nothing can be typed here. */
export function ReadOnlyStatus({ role, version }: { role: Role; version: number }) {
  return (
    <span className="flex items-center gap-2 text-12 text-fg-2">
      <Eye size={14} strokeWidth={1.75} aria-hidden />
      <span role="status">Read only: your role is {role}</span>
      <span className="hidden font-mono text-fg-3 tabular-nums wide:inline">v{version}</span>
    </span>
  )
}
