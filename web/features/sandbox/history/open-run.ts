import type { OrgId } from '#shared/kernel/ids.ts'
import type { RunRef } from '#shared/runs/contract.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import { askToRun } from '../ask.ts'

/** Puts a run of before into the pane with its files, ready to be run again and compared with how it went. */
export async function openRun(orgId: OrgId, ref: RunRef): Promise<void> {
  try {
    const { record, by, at, origin, language, code, path, files, stdin } = await client.runs.get.query({ orgId, ref })
    const isAgent = ref.kind === 'agent'
    const recorded = record && { by, isAgent, at, code, record }
    const program = { language, code, path, files, stdin, origin, recorded }
    askToRun(orgId, program, isAgent ? `what ${by} ran` : `the run of ${by}`)
  } catch (error) {
    const { message } = readProblem(error)
    notify({ title: 'The run cannot be opened', detail: message, tone: 'failed' })
  }
}
