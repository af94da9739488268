import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Alias } from '#shared/models/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useUnsaved } from '../../kernel/unsaved.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useSetAlias } from './use-models.ts'
import { problemWords } from './words.ts'

type AliasFormProps = { orgId: OrgId; alias?: Alias; onClose: () => void }

export function AliasForm({ orgId, alias, onClose }: AliasFormProps) {
  const [name, setName] = useState(alias?.name ?? '')
  const [model, setModel] = useState(alias?.model ?? '')
  const set = useSetAlias()
  const isTouched = name !== (alias?.name ?? '') || model !== (alias?.model ?? '')
  useUnsaved(isTouched && !set.isPending ? `What ${name || 'a short name'} stands for` : undefined)
  const problem = set.error ? readProblem(set.error) : undefined
  const words = set.error ? problemWords(set.error) : undefined
  const canSave = name.trim() !== '' && model.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canSave || set.isPending) return
    set.mutate({ orgId, name: name.trim(), model: model.trim() }, { onSuccess: onClose })
  }
  return (
    <form
      aria-label={alias ? `What ${alias.name} stands for` : 'Another short name'}
      onSubmit={submit}
      className="flex flex-col gap-2 py-2"
    >
      <div className="flex flex-wrap gap-2">
        {!alias && (
          <div className="min-w-28 flex-1">
            <TextField
              label="Short name"
              autoFocus
              className="font-mono"
              value={name}
              onChange={setName}
              error={problem?.field === 'name' ? words : undefined}
            />
          </div>
        )}
        <div className="min-w-48 flex-2">
          <TextField
            label="Stands for"
            autoFocus={alias !== undefined}
            className="font-mono"
            placeholder="provider:model"
            value={model}
            onChange={setModel}
            error={words !== undefined && problem?.field !== 'name' ? words : undefined}
          />
        </div>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={set.isPending} disabled={!canSave || !isTouched}>
          Save
        </Button>
      </div>
    </form>
  )
}
