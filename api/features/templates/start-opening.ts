import { RehearsalScript, sameName } from '#shared/delegations/rehearsal-script.ts'
import type { DelegationId } from '#shared/kernel/ids.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction } from '../../kernel/db.ts'
import { parseYaml } from '../../kernel/yaml.ts'
import { delegate } from '../delegations/index.ts'
import { loadChart } from '../workspaces/index.ts'
import { endAwaitingOpening, selectAwaitingOpening } from './store.ts'

/**
 * Gives the org the work its template's rehearsal script opens with, once in the org's life. Only a seeded org awaits its
 * opening: what anybody else's template says about work to begin with is never started by itself.
 */
export async function startOpening(context: OrgContext): Promise<DelegationId | undefined> {
  const { awaiting, chart } = await inSnapshot(context.db, context.orgId, async (reader) => ({
    awaiting: await selectAwaitingOpening(reader),
    chart: await loadChart(reader),
  }))
  for (const { name, rehearsal } of awaiting) {
    const yaml = parseYaml(rehearsal)
    const opening = yaml.ok ? RehearsalScript.safeParse(yaml.value).data?.opening : undefined
    const workspace = opening && chart.workspaces.find((one) => sameName(one.name, opening.workspace))
    if (!opening || !workspace) continue
    // Two sign-ins at once ask with the same key and get the same delegation; the mark outlives a cancelled one.
    const asked = { workspaceId: workspace.id, task: opening.task, idempotencyKey: `opening ${name}` }
    const { delegationId } = await delegate(context, asked)
    await inTransaction(context, (tx) => endAwaitingOpening(tx, name))
    return delegationId
  }
  return undefined
}
