import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Org } from '#shared/orgs/contract.ts'
import { mayAs } from '#shared/policies.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'

export function RenameForm({ org }: { org: Org }) {
  const [name, setName] = useState(org.name)
  const rename = useMutation(
    trpc.orgs.rename.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() }),
    }),
  )
  const may = mayAs(org.role, 'orgs.rename')
  const isChanged = name.trim() !== org.name && name.trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isChanged) rename.mutate({ orgId: org.id, name })
  }
  const problem = rename.error ? readProblem(rename.error) : undefined
  return (
    <form onSubmit={submit} noValidate aria-label="Name of the organisation" className="border-b border-line px-4 py-4">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="Name"
            value={name}
            maxLength={120}
            readOnly={!may}
            onChange={(next) => {
              setName(next)
              rename.reset()
            }}
          />
        </div>
        {may && (
          <Button type="submit" isBusy={rename.isPending} disabled={!isChanged}>
            Rename
          </Button>
        )}
      </div>
      {problem && (
        <p role="alert" className="mt-1.5 text-12 text-danger">
          {problem.message} {problem.fix}
        </p>
      )}
      {!may && <p className="mt-1.5 text-12 text-fg-3">Owners and admins can rename it; your role is {org.role}.</p>}
    </form>
  )
}
