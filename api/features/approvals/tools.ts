import { z } from 'zod'
import { ApprovalId } from '#shared/kernel/ids.ts'
import { type StandaloneTool, standaloneTool } from '../../kernel/agent-tool.ts'
import { decideIn, escalateIn, requireAssigned, requireStanding } from './decide-approval.ts'
import { present } from './list-approvals.ts'
import { selectAssigned } from './store.ts'

export const approvalTools: readonly StandaloneTool[] = [
  standaloneTool({
    name: 'list_approvals',
    description: 'Questions of your reports that wait for your answer.',
    input: z.object({}),
    hints: { readOnly: true, idempotent: true },
    run: async (tx, site) => {
      const asked = await selectAssigned(tx, site.workspaceId)
      const shown = asked.map(present).map((one) => ({
        approval_id: one.id,
        from: one.workspaceName,
        tool: one.tool,
        arguments: one.args,
        ...(one.whole && { arguments_left_out: `${one.whole.chars - one.args.length} more characters` }),
        task: one.task,
        expires_at: one.expiresAt,
      }))
      return { kind: 'done', text: JSON.stringify(shown) }
    },
  }),
  standaloneTool({
    name: 'decide_approval',
    description: 'Answers a question of a report: approved, denied, or escalate to pass it upwards.',
    input: z.object({
      approval_id: z.uuid().describe('As list_approvals gives it.'),
      decision: z.enum(['approved', 'denied', 'escalate']),
      reason: z.string().trim().max(1_000).default(''),
    }),
    hints: { readOnly: false, idempotent: false, coordinates: true },
    run: async (tx, { context, workspaceId }, { approval_id, decision, reason }) => {
      const approvalId = ApprovalId.parse(approval_id)
      const mayDecide = requireAssigned(workspaceId)
      if (decision === 'escalate') {
        const found = await requireStanding(tx, approvalId)
        mayDecide(found)
        await escalateIn(tx, found)
        return { kind: 'done', text: 'It was passed upwards.' }
      }
      await decideIn(tx, context, { approvalId, decision, reason }, mayDecide)
      return { kind: 'done', text: `It was ${decision}.` }
    },
  }),
]
