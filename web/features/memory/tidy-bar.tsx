import { useMutation, useQuery } from '@tanstack/react-query'
import { BrushCleaning } from 'lucide-react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Tidying } from '#shared/memory/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { notify } from '../../ui/toast.ts'
import { tidyWords } from './words.ts'

/** Tidies a workspace's own memories on demand, and says what the last tidyings did. */
export function TidyBar({ orgId, workspaceId }: { orgId: OrgId; workspaceId: WorkspaceId }) {
  const history = useQuery({ ...trpc.memory.tidyings.queryOptions({ orgId, workspaceId }), staleTime: 0 })
  const tidy = useMutation({
    mutationFn: () => client.memory.tidy.mutate({ orgId, workspaceId }),
    onSuccess: (done) => {
      readAgain()
      if (!done)
        notify({ title: 'Nothing to tidy', detail: 'No two memories are alike, and none is old.', tone: 'done' })
    },
    onError: tell,
  })
  const undo = useMutation({
    mutationFn: ({ id }: Tidying) => client.memory.untidy.mutate({ orgId, tidyingId: id }),
    onSuccess: readAgain,
    onError: tell,
  })
  return (
    <section aria-label="Tidying" className="mx-2 mt-2 border-t border-line pt-2">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-12 text-pretty text-fg-2">
          Once a day near duplicates are merged and what nobody recalls fades.
        </p>
        <Button icon={BrushCleaning} size="small" isBusy={tidy.isPending} onClick={() => tidy.mutate()}>
          Tidy now
        </Button>
      </div>
      <ul aria-label="What tidying did">
        {history.data?.map((one) => (
          <li key={one.id} className="flex items-center gap-2 py-1 text-12 text-fg-2">
            <span className="min-w-0 flex-1 text-pretty">
              {tidyWords(one)}, by {one.byName} <TimeAgo at={one.at} />
              {one.undoneAt !== null && '; taken back'}
            </span>
            {one.canUndo && (
              <Button
                size="small"
                tone="ghost"
                disabled={undo.isPending}
                aria-label={`Take back: ${tidyWords(one)}`}
                onClick={() => undo.mutate(one)}
              >
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function readAgain(): void {
  void queryClient.invalidateQueries({ queryKey: trpc.memory.list.pathKey() })
  void queryClient.invalidateQueries({ queryKey: trpc.memory.tidyings.pathKey() })
}

function tell(error: unknown): void {
  const { message, fix } = readProblem(error)
  notify({ title: message, ...(fix && { detail: fix }), tone: 'failed' })
}
