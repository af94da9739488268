import { Check, X } from 'lucide-react'
import type { SecretChange } from '#shared/secrets/contract.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { countWords, listWords } from './words.ts'

/** Of a change what people are told. */
export type Saved = Pick<SecretChange, 'name' | 'version' | 'affected'>

export type ChangeStripProps = { changes: readonly Saved[]; onClose: () => void }

/** What was saved just now, and which workspaces go on with it. */
export function ChangeStrip({ changes, onClose }: ChangeStripProps) {
  const affected = [...new Map(changes.flatMap((change) => change.affected).map((one) => [one.id, one.name])).values()]
  const [first] = changes
  if (!first) return null
  const what =
    changes.length === 1
      ? `${first.name} is saved${first.version > 1 ? ` as version ${first.version}` : ''}.`
      : `${countWords(changes.length, 'key')} are saved.`
  return (
    <div role="status" className="mx-4 mb-3 flex items-start gap-2 rounded-8 bg-completed-soft py-2 pr-1 pl-3">
      <Check size={16} strokeWidth={2} aria-hidden className="mt-0.5 shrink-0 text-state-completed" />
      <div className="min-w-0 flex-1 text-13">
        <p className="font-medium break-words">{what}</p>
        <p className="break-words text-pretty text-fg-2" title={affected.join(', ')}>
          {affected.length === 0
            ? 'No workspace declares it yet, so none was changed.'
            : affectedWords(affected, changes.length === 1 ? 'it' : 'them')}
        </p>
      </div>
      <IconButton icon={X} label="Close this note" size="small" onClick={onClose} />
    </div>
  )
}

function affectedWords(names: readonly string[], what: 'it' | 'them'): string {
  const who = listWords(names, 5)
  if (names.length === 1) return `1 workspace uses ${what} from its next call: ${who}.`
  return `${names.length} workspaces use ${what} from their next call: ${who}.`
}
