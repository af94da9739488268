import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { RouteTarget } from '#shared/notify/contract.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ProblemText } from '../workspaces/index.ts'
import { peopleTargets } from './words.ts'

/** One more: a category and whom it goes to. */
export function RouteForm({ orgId, workspaces }: { orgId: OrgId; workspaces: readonly Workspace[] }) {
  const [category, setCategory] = useState('')
  const [target, setTarget] = useState<string>('admin')
  const add = useMutation({
    mutationFn: (to: RouteTarget) => client.notify.addRoute.mutate({ orgId, category: category.trim(), to }),
    onSuccess: async () => {
      setCategory('')
      await queryClient.invalidateQueries({ queryKey: trpc.notify.pathKey() })
    },
  })
  const problem = add.error ? readProblem(add.error) : undefined
  const to = targetOf(target, workspaces)
  const canAdd = category.trim() !== '' && to !== undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!canAdd || add.isPending) return
    add.mutate(to)
  }
  return (
    <form onSubmit={submit} noValidate aria-label="Another route" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-32 flex-1">
          <TextField
            label="Category"
            value={category}
            maxLength={120}
            placeholder="security"
            autoComplete="off"
            onChange={setCategory}
            error={problem?.field === 'category' ? problem.message : undefined}
          />
        </div>
        <div className="min-w-44 flex-1">
          <Select
            label="Goes to"
            value={target}
            onChange={setTarget}
            options={[
              ...peopleTargets,
              ...workspaces.map(({ id, name }): SelectOption<string> => ({ value: id, label: name })),
            ]}
          />
        </div>
      </div>
      {problem?.field !== 'category' && <ProblemText error={add.error} />}
      <div className="flex justify-end">
        <Button type="submit" tone="primary" isBusy={add.isPending} disabled={!canAdd}>
          Add this line
        </Button>
      </div>
    </form>
  )
}

function targetOf(value: string, workspaces: readonly Workspace[]): RouteTarget | undefined {
  const people = peopleTargets.find((one) => one.value === value)
  if (people) return { kind: 'people', lowest: people.value }
  const workspace = workspaces.find(({ id }) => id === value)
  return workspace && { kind: 'workspace', workspaceId: workspace.id }
}
