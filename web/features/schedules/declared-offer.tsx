import { useMutation, useQuery } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { describeCron } from '#shared/schedules/describe-cron.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { notify } from '../../ui/toast.ts'

/** The schedules a template declares begin when a person takes them over: this is where. Nothing where there are none. */
export function DeclaredOffer({ orgId, workspaceId }: { orgId: OrgId; workspaceId: WorkspaceId }) {
  const mayWrite = useMay(orgId, 'schedules.write')
  const declared =
    useQuery({ ...trpc.schedules.declared.queryOptions({ orgId, workspaceId }), staleTime: 0 }).data ?? []
  const take = useMutation(
    trpc.schedules.takeDeclared.mutationOptions({
      onSuccess: ({ taken }) => notify({ title: `Took over ${counted(taken)}`, tone: 'done' }),
      onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: trpc.schedules.pathKey() }),
    }),
  )
  if (declared.length === 0) return null
  const ready = declared.filter((one) => one.problem === null)
  return (
    <section aria-label="Schedules of the template" className="mx-4 my-3 rounded-6 border border-line bg-surface-2 p-3">
      <p className="text-13 font-medium">The template declares {counted(declared.length)}</p>
      <ul className="mt-1 text-12 text-fg-2">
        {declared.map(({ name, cron, timeZone, problem }) => (
          <li key={name} className="break-words">
            {name} · {describeCron(cron)} · {timeZone}
            {problem !== null && <span className="block text-danger">{problem}</span>}
          </li>
        ))}
      </ul>
      {mayWrite && ready.length > 0 && (
        <Button
          size="small"
          className="mt-2"
          isBusy={take.isPending}
          onClick={() => take.mutate({ orgId, workspaceId })}
        >
          Take over {counted(ready.length)}
        </Button>
      )}
    </section>
  )
}

function counted(count: number): string {
  return count === 1 ? '1 schedule' : `${count} schedules`
}
