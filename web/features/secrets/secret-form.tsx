import { ExternalLink } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { whyNotRedacted } from '#shared/secrets/can-be-redacted.ts'
import type { Secret } from '#shared/secrets/contract.ts'
import { secretName } from '#shared/secrets/limits.ts'
import { isSetting, services } from '#shared/secrets/services.ts'
import { useMay } from '../../kernel/may.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import type { Saved } from './change-strip.tsx'
import { SecretField } from './secret-field.tsx'
import { TestOutcome } from './test-outcome.tsx'
import { problemWords, useSetSecret, useTestKey } from './use-secrets.ts'
import { asName, exampleOf, serviceNamed } from './words.ts'

export type SecretFormProps = {
  orgId: OrgId
  /** Replaces this one's value; without it a new one is made. */
  secret?: Secret
  /** What a new one begins with. */
  name?: string
  workspaceId?: WorkspaceId | null
  /** To say when a name is taken. */
  known: readonly Secret[]
  onSaved: (change: Saved) => void
  onClose: () => void
}

/** One secret: its name, for whom, and a value that is only ever written. */
export function SecretForm({ orgId, secret, known, onSaved, onClose, ...start }: SecretFormProps) {
  const mayOrg = useMay(orgId, 'secrets.org.write')
  const workspaces = useWorkspaces(orgId)
  const [name, setName] = useState(secret?.name ?? start.name ?? '')
  const [value, setValue] = useState('')
  const [scope, setScope] = useState<string>(
    secret?.workspaceId ?? start.workspaceId ?? (mayOrg ? '' : (workspaces[0]?.id ?? '')),
  )
  const set = useSetSecret()
  const test = useTestKey()
  const isTouched = value !== '' || (!secret && start.name === undefined && name !== '')
  useUnsaved(isTouched && !set.isPending ? `What you typed for ${name || 'a new key'}` : undefined)

  const workspaceId = workspaces.find(({ id }) => id === scope)?.id ?? null
  const service = serviceNamed(name)
  const taken = secret ? undefined : known.find((one) => one.name === name && one.workspaceId === workspaceId)
  const canSave = secretName.test(name) && value.trim() !== ''
  const canTest = service?.tryAt != null && service.keys.includes(name) && value.trim() !== ''
  const change = (next: string) => {
    setValue(next)
    test.reset()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canSave || set.isPending) return
    set.mutate(
      { orgId, workspaceId, name, value },
      {
        onSuccess: (saved) => {
          setValue('')
          onSaved(saved)
        },
      },
    )
  }
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={secret ? `New value of ${secret.name}` : 'Add a key'}
      className="flex flex-col gap-3 rounded-8 border border-line bg-surface-2 p-3"
    >
      {!secret && (
        <>
          <TextField
            label="Name"
            value={name}
            placeholder="OPENAI_API_KEY"
            maxLength={128}
            autoComplete="off"
            data-autofocus
            autoFocus={start.name === undefined}
            className="font-mono"
            hint={taken ? `It is kept already: this becomes version ${taken.version + 1}.` : undefined}
            onChange={(text) => {
              setName(asName(text))
              test.reset()
            }}
          />
          {name === '' && <Suggestions known={known} onPick={setName} />}
        </>
      )}
      <SecretField
        label={secret ? `New value of ${secret.name}` : 'Value'}
        isLabelHidden={secret !== undefined}
        value={value}
        placeholder={exampleOf(name)}
        isFirst={secret !== undefined}
        isPlain={isSetting(name)}
        hint={valueHint(name, value)}
        error={problemWords(set.error)}
        onChange={change}
      />
      {!secret && (
        <Select
          label="For"
          value={scope}
          options={[
            { value: '', label: 'Every workspace that declares it', isDisabled: !mayOrg },
            ...workspaces.map(({ id, name: label }) => ({ value: id as string, label: `Only ${label}` })),
          ]}
          onChange={setScope}
        />
      )}
      <TestOutcome isTesting={test.isPending} test={test.data} problem={problemWords(test.error)} />
      <div className="flex flex-wrap items-center justify-end gap-2">
        {service?.getOneAt && (
          <a
            href={service.getOneAt}
            target="_blank"
            rel="noreferrer noopener"
            className="mr-auto inline-flex items-center gap-1 rounded-4 text-12 text-fg-2 hover:text-fg hover:underline"
          >
            Get a key from {service.label}
            <ExternalLink size={12} strokeWidth={1.75} aria-hidden />
          </a>
        )}
        <Button onClick={onClose}>Cancel</Button>
        {service?.tryAt != null && service.keys.includes(name) && (
          <Button
            disabled={!canTest}
            isBusy={test.isPending}
            onClick={() => test.mutate({ orgId, workspaceId, service: service.id, value })}
          >
            Test
          </Button>
        )}
        <Button type="submit" tone="primary" isBusy={set.isPending} disabled={!canSave}>
          {secret || taken ? 'Replace the value' : 'Save the key'}
        </Button>
      </div>
    </form>
  )
}

/** The commonest names that are not kept yet: one click instead of a name to remember. */
function Suggestions({ known, onPick }: { known: readonly Secret[]; onPick: (name: string) => void }) {
  const offered = services.filter(({ keys }) => !known.some(({ name }) => keys.includes(name))).slice(0, 5)
  return (
    <p className="-mt-1 flex flex-wrap items-center gap-1">
      {offered.map(({ id, label, keys: [first = ''] }) => (
        <Button key={id} size="small" aria-label={`Name it ${first}`} title={first} onClick={() => onPick(first)}>
          {label}
        </Button>
      ))}
    </p>
  )
}

function valueHint(name: string, value: string): string | undefined {
  if (value.trim() === '' || isSetting(name)) return undefined
  const why = whyNotRedacted(value)
  return why === null ? undefined : `Kept secret, but not masked where it turns up in texts. ${why}`
}
