import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Archive, ScrollText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Org } from '#shared/orgs/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { notify } from '../../ui/toast.ts'

export function DeleteOrg({ org }: { org: Org }) {
  const [isAsked, setAsked] = useState(false)
  return (
    <section aria-label="Delete the organisation" className="flex items-center gap-3 px-4 py-4">
      <div className="min-w-0 flex-1">
        <h3 className="text-13 font-medium">Delete this organisation</h3>
        <p className="text-12 text-pretty text-fg-2">Its work stops and everything of it is erased, for everybody.</p>
      </div>
      <Button tone="danger" icon={Trash2} onClick={() => setAsked(true)}>
        Delete…
      </Button>
      {isAsked && <Sure org={org} onClose={() => setAsked(false)} />}
    </section>
  )
}

function Sure({ org, onClose }: { org: Org; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const navigate = useNavigate()
  const copy = useMutation({
    mutationFn: () => client.snapshots.take.mutate({ orgId: org.id }),
    onSuccess: ({ id }) => download(`/api/orgs/${org.id}/snapshots/${id}`),
  })
  const remove = useMutation(
    trpc.orgs.delete.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
        notify({ title: `${org.name} was deleted`, tone: 'done' })
        await navigate({ to: '/', replace: true })
      },
    }),
  )
  const problem = (remove.error ?? copy.error) ? readProblem(remove.error ?? copy.error) : undefined
  const isSame = typed.trim() === org.name
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title="Delete this organisation for good?"
      description="All work stops. Workspaces, files, memories, secrets, keys and the whole log are erased and cannot be brought back. Keep a copy first."
      onSubmit={() => isSame && remove.mutate({ orgId: org.id, name: typed })}
      footer={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button type="submit" tone="danger" disabled={!isSame} isBusy={remove.isPending}>
            Delete for good
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap gap-2 pb-3">
        <Button icon={Archive} isBusy={copy.isPending} onClick={() => copy.mutate()}>
          Download a snapshot
        </Button>
        <Button icon={ScrollText} onClick={() => download(`/api/orgs/${org.id}/audit`)}>
          Download the audit
        </Button>
      </div>
      <TextField
        label={`Type ${org.name} to confirm`}
        value={typed}
        autoComplete="off"
        onChange={setTyped}
        data-autofocus
      />
      {problem && (
        <p role="alert" className="mt-1.5 text-12 text-danger">
          {problem.message} {problem.fix}
        </p>
      )}
    </Dialog>
  )
}

function download(address: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = ''
  link.click()
}
