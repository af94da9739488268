import { useMutation } from '@tanstack/react-query'
import type { OrgId, RunId } from '#shared/kernel/ids.ts'
import type { RunRef } from '#shared/runs/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import type { Program } from '../program.ts'
import type { EndedRun } from '../runner.ts'
import { followRuns } from './follow-runs.ts'
import { keepProgram, keptRun } from './keep-run.ts'
import { linkTo } from './run-link.ts'

/** What is shared: a run that is kept, the one that just ended, or a program nobody ran. */
export type Shareable =
  | { kind: 'kept'; runId: RunId }
  | { kind: 'ended'; run: EndedRun }
  | { kind: 'program'; program: Program }

/** Gives a run to everybody in the organisation, and puts the link where it can be pasted. */
export function useShareRun(orgId: OrgId) {
  return useMutation({
    mutationFn: async (shared: Shareable) => {
      const runId = await idOf(orgId, shared)
      await client.runs.share.mutate({ orgId, runId })
      return runId
    },
    onSuccess: async (runId) => {
      followRuns()
      await copyLink(orgId, { kind: 'person', runId }, 'Shared')
    },
    onError: (error) => {
      const { message, fix } = readProblem(error)
      notify({ title: message, ...(fix !== undefined && { detail: fix }), tone: 'failed' })
    },
  })
}

/** For what everybody may see already. */
export async function copyLink(orgId: OrgId, ref: RunRef, done = 'Copied'): Promise<void> {
  const link = linkTo(orgId, ref)
  const isCopied = await navigator.clipboard.writeText(link).then(
    () => true,
    () => false,
  )
  const title = isCopied ? `${done}: the link is copied` : done
  notify({ title, detail: isCopied ? 'Everybody in this organisation can open it.' : link, tone: 'done' })
}

async function idOf(orgId: OrgId, shared: Shareable): Promise<RunId> {
  if (shared.kind === 'kept') return shared.runId
  return shared.kind === 'ended' ? await keptRun(orgId, shared.run) : await keepProgram(orgId, shared.program)
}
