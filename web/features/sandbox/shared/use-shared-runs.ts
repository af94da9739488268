import { useMutation } from '@tanstack/react-query'
import type { OrgId, RunId } from '#shared/kernel/ids.ts'
import type { RunRecord } from '#shared/runs/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import { askToRun } from '../ask.ts'
import type { Program } from '../program.ts'
import { followRuns } from './follow-runs.ts'

/** Shares a program with how it went, and puts the link where it can be pasted. */
export function useShareRun(orgId: OrgId) {
  return useMutation({
    mutationFn: ({ program, record }: { program: Program; record: RunRecord | null }) =>
      client.runs.share.mutate({ orgId, ...program, record }),
    onSuccess: async ({ runId }) => {
      followRuns()
      const link = linkTo(orgId, runId)
      const isCopied = await navigator.clipboard.writeText(link).then(
        () => true,
        () => false,
      )
      notify({
        title: isCopied ? 'Shared: the link is copied' : 'Shared',
        detail: isCopied ? 'Everybody in this organisation can open it.' : link,
        tone: 'done',
      })
    },
    onError: (error) => {
      const { message, fix } = readProblem(error)
      notify({ title: message, ...(fix !== undefined && { detail: fix }), tone: 'failed' })
    },
  })
}

/** Puts a shared run into the pane, ready to be run again. */
export async function openSharedRun(orgId: OrgId, runId: RunId): Promise<void> {
  try {
    const run = await client.runs.get.query({ orgId, runId })
    askToRun(run, `the run ${run.sharedBy} shared`)
  } catch (error) {
    const { message } = readProblem(error)
    notify({ title: 'The shared run cannot be opened', detail: message, tone: 'failed' })
  }
}

function linkTo(orgId: OrgId, runId: RunId): string {
  return new URL(`/o/${orgId}?dock=run&run=${runId}`, location.origin).href
}
