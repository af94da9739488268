import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { MemoryKind, MemoryScope } from '#shared/memory/contract.ts'
import { memoryKinds, memoryScopes } from '#shared/memory/limits.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import { useOneAtATime } from '../../ui/use-one-at-a-time.ts'
import { ProblemText } from '../workspaces/index.ts'
import { kindWords, scopeWords, type Weight, weights } from './words.ts'

export type RememberDialogProps = {
  orgId: OrgId
  workspaceId: WorkspaceId
  workspaceName: string
  onClose: () => void
}

/** A person tells a workspace something to keep. */
export function RememberDialog({ orgId, workspaceId, workspaceName, onClose }: RememberDialogProps) {
  const [text, setText] = useState('')
  const [scope, setScope] = useState<MemoryScope>('LOCAL')
  const [kind, setKind] = useState<MemoryKind>('semantic')
  const [weight, setWeight] = useState<Weight>('0.5')
  const remember = useMutation(
    trpc.memory.remember.mutationOptions({
      onSuccess: async () => {
        onClose()
        await queryClient.invalidateQueries({ queryKey: trpc.memory.list.pathKey() })
      },
    }),
  )
  const begin = useOneAtATime()
  const problem = remember.error ? readProblem(remember.error) : undefined
  const submit = () => {
    if (text.trim() === '') return
    const memory = { orgId, workspaceId, text: text.trim(), scope, kind, importance: Number(weight) }
    // Once it is remembered this closes.
    begin((end) => remember.mutate(memory, { onError: end }))
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      title={`Let ${workspaceName} remember`}
      description="Its agent finds this when it recalls something that fits."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={remember.isPending} disabled={text.trim() === ''}>
            Remember
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextareaField
          label="What"
          value={text}
          onChange={setText}
          error={problem?.field === 'text' ? problem.message : undefined}
          data-autofocus
        />
        <Select
          label="Who may recall it"
          value={scope}
          onChange={setScope}
          options={memoryScopes.map((value) => ({ value, label: scopeWords[value] }))}
        />
        <div className="flex gap-3 *:flex-1">
          <Select
            label="Kind"
            value={kind}
            onChange={setKind}
            options={memoryKinds.map((value) => ({ value, label: kindWords[value] }))}
          />
          <Select label="How much it matters" value={weight} onChange={setWeight} options={weights} />
        </div>
        {problem?.field !== 'text' && <ProblemText error={remember.error} />}
      </div>
    </Dialog>
  )
}
