import { useMutation, useQuery } from '@tanstack/react-query'
import type { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { notify } from '../../../ui/toast.ts'
import { ProblemText, select, useWorkspaces } from '../../workspaces/index.ts'
import { askStopWork, useStopWorkQuestion } from './ask.ts'

/** "Stop work", when it was asked for. */
export function StopWorkDialog({ orgId }: { orgId: OrgId }) {
  const ids = useStopWorkQuestion()
  return ids.length > 0 ? <Stop key={ids.join()} orgId={orgId} ids={ids} /> : null
}

type Work = { id: DelegationId; workspaceId: WorkspaceId }

function Stop({ orgId, ids }: { orgId: OrgId; ids: readonly WorkspaceId[] }) {
  const workspaces = useWorkspaces(orgId)
  const active = useQuery({ ...trpc.delegations.active.queryOptions({ orgId }), staleTime: 0, gcTime: 0 })
  // What the page began with is old by now: only what was read since the question was asked is what would end.
  const isRead = active.isFetchedAfterMount && !active.isFetching && !active.isError
  const isLooking = !isRead && !active.isError
  const work = (isRead ? (active.data?.delegations ?? []) : []).filter(({ workspaceId }) => ids.includes(workspaceId))
  const names = workspaces.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  const what = names.length === 1 ? (names[0] ?? '') : `${names.length} workspaces`
  const stop = useMutation({ mutationFn: () => stopAll(orgId, work) })
  const close = () => askStopWork([])
  const submit = () => {
    if (stop.isPending || work.length === 0) return
    stop.mutate(undefined, {
      onSuccess: (failed) => {
        close()
        tell(work, failed)
      },
    })
  }
  const count = work.length === 1 ? 'one delegation' : `${work.length} delegations`
  return (
    <Dialog
      isOpen
      onClose={close}
      onSubmit={submit}
      title={`Stop the work of ${what}?`}
      description={active.isError ? 'What is at work could not be read.' : describe(isLooking, work.length, count)}
      width="narrow"
      footer={
        <>
          <Button onClick={close}>{isLooking || work.length > 0 ? 'Cancel' : 'Close'}</Button>
          {(isLooking || work.length > 0) && (
            // It holds the keyboard from the start, and does nothing before it can say what would end.
            <Button
              type="submit"
              tone="danger"
              aria-disabled={isLooking || undefined}
              isBusy={stop.isPending}
              data-autofocus
            >
              {isLooking ? 'Stop work' : `Stop ${count}`}
            </Button>
          )}
        </>
      }
    >
      <ProblemText error={stop.error ?? active.error} />
    </Dialog>
  )
}

function describe(isLooking: boolean, work: number, count: string): string {
  if (isLooking) return 'Looking what is at work.'
  if (work === 0) return 'Nothing is at work or queued there.'
  return `What is under way there ends now: ${count}, with what was handed on from there. It stays on record and can be tried again.`
}

/** Gives those that could not be stopped, with the reason; what has ended by itself meanwhile is stopped all the same. */
async function stopAll(orgId: OrgId, work: readonly Work[]): Promise<{ workspaceId: WorkspaceId; why: string }[]> {
  const failed: { workspaceId: WorkspaceId; why: string }[] = []
  for (const { id, workspaceId } of work) {
    try {
      await client.delegations.cancel.mutate({ orgId, delegationId: id })
    } catch (error) {
      const { code, message } = readProblem(error)
      if (code !== 'conflict') failed.push({ workspaceId, why: message })
    }
  }
  return failed
}

function tell(work: readonly Work[], failed: readonly { workspaceId: WorkspaceId; why: string }[]): void {
  const [first] = failed
  if (!first) {
    notify({ title: work.length === 1 ? 'Stopped one delegation' : `Stopped ${work.length} delegations`, tone: 'done' })
    return
  }
  select([...new Set(failed.map(({ workspaceId }) => workspaceId))])
  notify({ title: `${failed.length} of ${work.length} could not be stopped`, detail: first.why, tone: 'failed' })
}
