import { ArrowLeft, CircleAlert } from 'lucide-react'
import { type FormEvent, useDeferredValue, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/secrets/contract.ts'
import { hintOf } from '#shared/secrets/hint.ts'
import { isSetting } from '#shared/secrets/services.ts'
import { useMay } from '../../kernel/may.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import type { Saved } from './change-strip.tsx'
import { type EnvLine, type EnvPreview, previewEnv } from './env-preview.ts'
import { problemWords, useSetSecrets } from './use-secrets.ts'
import { countWords } from './words.ts'

export type PasteEnvProps = {
  orgId: OrgId
  known: readonly Secret[]
  onSaved: (changes: readonly Saved[]) => void
  onClose: () => void
}

const most = 200

/** A whole .env at once: read here, shown line by line, saved all or none. */
export function PasteEnv({ orgId, known, onSaved, onClose }: PasteEnvProps) {
  const mayOrg = useMay(orgId, 'secrets.org.write')
  const workspaces = useWorkspaces(orgId)
  const [text, setText] = useState('')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [scope, setScope] = useState<string>(mayOrg ? '' : (workspaces[0]?.id ?? ''))
  const set = useSetSecrets()
  useUnsaved(text.trim() !== '' && !set.isPending ? 'The .env you pasted' : undefined)
  const workspaceId = workspaces.find(({ id }) => id === scope)?.id ?? null
  const preview = previewEnv(useDeferredValue(text), workspaceId, known)
  const chosen = preview.lines.filter(({ name }) => !left.has(name))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (chosen.length === 0 || chosen.length > most) return
    const entries = chosen.map(({ name, value }) => ({ name, value }))
    set.mutate(
      { orgId, workspaceId, entries },
      {
        onSuccess: (changes) => {
          setText('')
          onSaved(changes)
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate aria-label="Paste a .env" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-11 shrink-0 items-center gap-2 px-2">
        <Button tone="ghost" icon={ArrowLeft} onClick={onClose}>
          Secrets
        </Button>
        <h2 className="text-13 font-semibold">Paste a .env</h2>
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 pb-4">
        <TextareaField
          label="Lines of NAME=value"
          value={text}
          onChange={setText}
          autoFocus
          rows={5}
          spellCheck={false}
          autoComplete="off"
          placeholder={
            '# comments, quotes and export are fine\nOPENAI_API_KEY=sk-…\nexport GITHUB_TOKEN="github_pat_…"'
          }
          hint="Read on this device; nothing is sent before you save."
          className="max-h-48 min-h-28 font-mono text-12"
        />
        <Select
          label="For"
          value={scope}
          options={[
            { value: '', label: 'Every workspace that declares them', isDisabled: !mayOrg },
            ...workspaces.map(({ id, name }) => ({ value: id as string, label: `Only ${name}` })),
          ]}
          onChange={setScope}
        />
        <Preview preview={preview} left={left} onLeave={setLeft} />
      </div>
      <footer className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-3">
        {set.error ? (
          <p role="alert" className="mr-auto min-w-0 flex-1 text-12 text-pretty text-danger">
            {problemWords(set.error)}
          </p>
        ) : (
          chosen.length > most && (
            <p className="mr-auto text-12 text-danger">
              At most {most} at once; {chosen.length} are chosen.
            </p>
          )
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          tone="primary"
          isBusy={set.isPending}
          disabled={chosen.length === 0 || chosen.length > most}
        >
          {chosen.length === 0 ? 'Save' : `Save ${countWords(chosen.length, 'key')}`}
        </Button>
      </footer>
    </form>
  )
}

type PreviewProps = {
  preview: EnvPreview
  left: ReadonlySet<string>
  onLeave: (left: ReadonlySet<string>) => void
}

function Preview({ preview: { lines, problems }, left, onLeave }: PreviewProps) {
  if (lines.length + problems.length === 0) return null
  const toggle = (name: string) =>
    onLeave(new Set(left.has(name) ? [...left].filter((one) => one !== name) : [...left, name]))
  return (
    <div>
      <table className="w-full table-fixed border-collapse text-12">
        <caption className="sr-only">What would be saved</caption>
        <thead>
          <tr className="h-7 border-b border-line text-left text-fg-3">
            <th scope="col" className="w-7 font-normal">
              <span className="sr-only">Take it</span>
            </th>
            <th scope="col" className="font-normal">
              Name
            </th>
            <th scope="col" className="w-20 font-normal">
              Value
            </th>
            <th scope="col" className="w-32 font-normal">
              What happens
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name} className="h-8 border-b border-line">
              <td>
                <input
                  type="checkbox"
                  aria-label={`Save ${line.name}`}
                  checked={!left.has(line.name)}
                  onChange={() => toggle(line.name)}
                  className="block accent-(--accent)"
                />
              </td>
              <td className="truncate pr-2 font-mono" title={line.name}>
                {line.name}
              </td>
              <td className="truncate pr-2 font-mono text-fg-3">
                {isSetting(line.name) ? line.value : hintOf(line.value)}
              </td>
              <td>
                <Outcome line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {problems.length > 0 && (
        <ul aria-label="Lines that are left out" className="mt-2 grid gap-1 text-12 text-fg-2">
          {problems.map(({ line, message }) => (
            <li key={line} className="flex items-start gap-1.5">
              <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0 text-state-waiting" />
              <span className="min-w-0 break-words">
                Line {line} is left out: {message}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Outcome({ line: { version, isRepeated } }: { line: EnvLine }) {
  if (isRepeated) return <Badge tone="waiting">Twice: last counts</Badge>
  return version === 1 ? <Badge tone="completed">New</Badge> : <Badge tone="accent">Replaces v{version - 1}</Badge>
}
