import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { askNewOrg, useIsNewOrgAsked } from './ask.ts'

/** A new, empty organisation, owned by whoever makes it. */
export function NewOrgDialog() {
  return useIsNewOrgAsked() ? <OpenDialog /> : null
}

function OpenDialog() {
  const [name, setName] = useState('')
  const navigate = useNavigate()
  const close = () => askNewOrg(false)
  const create = useMutation(
    trpc.orgs.create.mutationOptions({
      onSuccess: async ({ orgId }) => {
        await queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
        close()
        await navigate({ to: '/o/$orgId', params: { orgId }, search: {} })
      },
    }),
  )
  const problem = create.error ? readProblem(create.error) : undefined
  const isNamed = name.trim() !== ''
  return (
    <Dialog
      isOpen
      onClose={close}
      width="narrow"
      title="New organisation"
      description="It starts empty and in rehearsal, so nothing costs money. Nobody but you sees it until you invite them."
      onSubmit={() => isNamed && create.mutate({ name })}
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" tone="primary" disabled={!isNamed} isBusy={create.isPending}>
            Create
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        maxLength={120}
        autoComplete="off"
        placeholder="e.g. Market research"
        onChange={setName}
        {...(problem ? { error: `${problem.message} ${problem.fix ?? ''}` } : {})}
        data-autofocus
      />
    </Dialog>
  )
}
