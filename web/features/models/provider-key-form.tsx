import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { isSetting } from '#shared/secrets/services.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useGiveKey } from './use-models.ts'
import { problemWords } from './words.ts'

type ProviderKeyFormProps = { orgId: OrgId; name: string; onClose: () => void }

/** The one thing a provider lacks, kept as a secret of the organisation. */
export function ProviderKeyForm({ orgId, name, onClose }: ProviderKeyFormProps) {
  const [value, setValue] = useState('')
  const give = useGiveKey()
  useUnsaved(value !== '' && !give.isPending ? `What you typed for ${name}` : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (value.trim() === '' || give.isPending) return
    give.mutate({ orgId, name, value: value.trim() }, { onSuccess: onClose })
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-t border-line p-2">
      <div className="min-w-40 flex-1">
        <TextField
          label={name}
          type={isSetting(name) ? 'url' : 'password'}
          autoComplete="off"
          autoFocus
          value={value}
          onChange={setValue}
          hint={
            isSetting(name) ? 'Where it is reached. Everybody here may read it.' : 'Kept encrypted, for all workspaces.'
          }
          error={give.error ? problemWords(give.error) : undefined}
        />
      </div>
      <div className="flex gap-2">
        <Button onClick={onClose}>Not now</Button>
        <Button type="submit" tone="primary" isBusy={give.isPending} disabled={value.trim() === ''}>
          Save {name}
        </Button>
      </div>
    </form>
  )
}
