import { CloudCheck, CloudOff, Eye, HardDrive, TriangleAlert } from 'lucide-react'
import type { Role } from '#shared/orgs/contract.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import type { OpenTextState } from '../drafts/index.ts'

export type SaveStatusProps = {
  isUnsaved: boolean
  isSaving: boolean
  keeping: OpenTextState['keeping']
  version: number
  onSave: () => void
}

/** Says whether the text is saved, and where it is kept until it is. */
export function SaveStatus({ isUnsaved, isSaving, keeping, version, onSave }: SaveStatusProps) {
  const words = isSaving ? 'Saving' : isUnsaved ? 'Unsaved changes' : 'Saved'
  return (
    <>
      <span className="flex min-w-0 items-center gap-2 text-12 text-fg-2">
        <span role="status" className="whitespace-nowrap">
          {words}
        </span>
        {(isUnsaved || keeping !== 'server') && <KeptWhere keeping={keeping} />}
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

const places = {
  server: { words: 'Kept on the server', icon: CloudCheck, isUrgent: false },
  here: { words: 'Kept on this device', icon: HardDrive, isUrgent: false },
  offline: { words: 'Offline: kept here, will be sent', icon: CloudOff, isUrgent: true },
  'signed-out': { words: 'Signed out: kept here, sign in to send it', icon: CloudOff, isUrgent: true },
  refused: { words: 'Kept here only: the server does not take it', icon: TriangleAlert, isUrgent: true },
  nowhere: { words: 'This browser keeps no drafts: save before you leave', icon: TriangleAlert, isUrgent: true },
} as const

/** Not read out at each keystroke: only what is out of the ordinary is said. */
function KeptWhere({ keeping }: { keeping: OpenTextState['keeping'] }) {
  const { words, icon: Icon, isUrgent } = places[keeping]
  return (
    <span
      role={isUrgent ? 'alert' : undefined}
      title={words}
      className={`flex min-w-0 items-center gap-1.5 ${isUrgent ? 'text-state-waiting' : 'text-fg-3 max-wide:hidden'}`}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
      <span className="truncate">{words}</span>
    </span>
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
