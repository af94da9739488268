import type { OrgId } from '#shared/kernel/ids.ts'
import type { RunRef } from '#shared/runs/contract.ts'
import { isDelegationId, isRunId } from '#web/kernel/ids.ts'

/** Where a run can be opened by everybody who may see it. */
export function linkTo(orgId: OrgId, ref: RunRef): string {
  return new URL(`/o/${orgId}?dock=run&run=${nameOf(ref)}`, location.origin).href
}

/** The run a link names; an agent's by its work and the step in it. */
export function refNamed(name: string): RunRef | undefined {
  if (isRunId(name)) return { kind: 'person', runId: name }
  const [delegationId = '', step = ''] = name.split('.')
  if (!isDelegationId(delegationId) || !/^\d{1,6}$/.test(step)) return undefined
  return { kind: 'agent', delegationId, step: Number(step) }
}

function nameOf(ref: RunRef): string {
  return ref.kind === 'person' ? ref.runId : `${ref.delegationId}.${ref.step}`
}
