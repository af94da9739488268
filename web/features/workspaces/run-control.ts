import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { notify } from '../../ui/toast.ts'
import type { ControlOffer, ControlVerb } from './control.ts'
import { runBatch } from './run-batch.ts'

/** Does what was offered and offers to take it back; events tell the rest. */
export async function runControl(orgId: OrgId, { verb, ids, who }: ControlOffer): Promise<void> {
  try {
    const workspaces = ids.map((workspaceId) => ({ workspaceId, confirmed: [] }))
    await runBatch({ orgId, verb, workspaces, said: said[verb], who })
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({ title: message, detail: fix, tone: 'failed' })
  }
}

const said: Record<ControlVerb, string> = {
  pause: 'Paused',
  resume: 'Resumed',
  freeze: 'Froze',
  unfreeze: 'Unfroze',
}
