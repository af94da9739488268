import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ToolAccess } from '#shared/tools/contract.ts'
import { toolAccess } from '#shared/tools/tool-access.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import type { AnyTool } from '../../kernel/agent-tool.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { readLine, selectRules } from '../approvals/index.ts'
import { readConfig } from '../files/index.ts'
import { readGivenTools } from '../mcp/index.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { cardOf } from './list-tools.ts'

/** What each tool is to one workspace: it may call it, asks first or may not, and because of which rule. */
export async function listAccess(
  context: OrgContext,
  workspaceId: WorkspaceId,
  tools: readonly AnyTool[],
): Promise<ToolAccess[]> {
  requireMay(context, 'approvals.read')
  return await inSnapshot(context.db, context.orgId, async (reader) => {
    const [{ role, tier }, config, rules, line] = await Promise.all([
      requireWorkspace(reader, workspaceId),
      readConfig(reader, workspaceId),
      selectRules(reader),
      readLine(reader, workspaceId),
    ])
    const above = line.map(({ id }) => id).filter((id) => id !== workspaceId)
    const nameOf = (id: string) => line.find((one) => one.id === id)?.name
    const caller = { workspaceId, above, role, tier, listed: config?.tools }
    const given = await readGivenTools(reader, workspaceId, config)
    const known = { rules, nameOf }
    const own = tools.map((tool) => ({ ...cardOf(tool), ...toolAccess(tool.name, caller, known) }))
    const theirs = given.map((tool) => {
      const why = { isGiven: true, why: `the MCP server ${tool.server} was given to it` }
      return { ...cardOf(tool), ...toolAccess(tool.name, caller, known, why) }
    })
    return [...own, ...theirs].toSorted((one, other) => (one.name < other.name ? -1 : 1))
  })
}
