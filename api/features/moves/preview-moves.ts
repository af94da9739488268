import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { budgetDiff } from '#shared/moves/budget-diff.ts'
import { contactDiff } from '#shared/moves/contact-diff.ts'
import type { MovePreview, MoveWorkspaces } from '#shared/moves/contract.ts'
import { memoryDiff } from '#shared/moves/memory-diff.ts'
import { mountDiff } from '#shared/moves/mount-diff.ts'
import { answerDiff, reachDiff, toolDiff } from '#shared/moves/tool-diff.ts'
import { descendantsOf } from '#shared/workspaces/chart.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { selectRules } from '../approvals/index.ts'
import { selectTeamBudgets } from '../budgets/index.ts'
import { countAlive } from '../delegations/index.ts'
import { countTeamMemories } from '../memory/index.ts'
import { loadChart, readAccess, readContactPolicy } from '../workspaces/index.ts'
import { checkMoves } from './check-moves.ts'
import { selectProfiles } from './store.ts'

/** What the moves would change, without doing them. Refuses what moving would refuse. */
export async function previewMoves(
  context: OrgContext,
  { moves }: MoveWorkspaces,
  tools: readonly string[],
): Promise<MovePreview> {
  requireMay(context, 'workspaces.read')
  const { db, orgId } = context
  return await inSnapshot(db, orgId, async (reader) => {
    const [chart, policy, budgets, counts, rules, profiles, granted] = await Promise.all([
      loadChart(reader),
      readContactPolicy(reader),
      selectTeamBudgets(reader),
      countTeamMemories(reader),
      selectRules(reader),
      selectProfiles(reader),
      readAccess(reader),
    ])
    checkMoves(chart, moves)
    const heads = new Set(moves.map((move) => move.workspaceId))
    const teams = [...heads].flatMap((head) => descendantsOf(chart, head))
    const along = new Set(teams.filter((id) => !heads.has(id)))
    const nameOf = (id: WorkspaceId) => chart.byId.get(id)?.name ?? ''
    const contacts = contactDiff({ chart, policy, moves, nameOf })
    const access = { chart, moves, rules, tools, contacts, profileOf: (id: WorkspaceId) => profiles.get(id) }
    return {
      movesAlong: [...along].map(nameOf),
      runningDelegations: await countAlive(reader, [...heads, ...along]),
      contacts,
      budgets: budgetDiff({ chart, moves, budgets, nameOf }),
      memory: memoryDiff({ chart, moves, counts, nameOf }),
      tools: toolDiff(access),
      answers: answerDiff(access),
      reach: reachDiff(access),
      files: mountDiff({ chart, policy, moves, granted, workspaces: chart.workspaces }),
    }
  })
}
