import type { ApprovalRule } from '../approvals/contract.ts'
import { decidingRule } from '../approvals/match-rule.ts'
import type { WorkspaceId } from '../kernel/ids.ts'
import { toolAccess } from '../tools/tool-access.ts'
import { ancestorsOf } from '../workspaces/can-communicate.ts'
import { type Chart, chartWith, descendantsOf } from '../workspaces/chart.ts'
import type { Move } from './contact-diff.ts'
import type { AnswerChange, ContactChange, ReachChange, ToolChange } from './contract.ts'

/** What decides what a workspace may do, beside where it stands. */
export type Profile = { name: string; role: string; tier: number; listed: readonly string[] | undefined }

export type ToolDiffInput = {
  chart: Chart
  moves: readonly Move[]
  rules: readonly ApprovalRule[]
  tools: readonly string[]
  profileOf: (workspace: WorkspaceId) => Profile | undefined
  contacts: readonly ContactChange[]
}

const maxLines = 60

/** What the moved and those below them may do with tools from now on and could not before, and the other way round. */
export function toolDiff(input: ToolDiffInput): ToolChange[] {
  const { chart, rules } = input
  if (!rules.some((rule) => rule.withTeam)) return []
  const after = chartAfter(input)
  const heads = [...new Set(input.moves.map((move) => move.workspaceId))]
  const team = [...new Set(heads.flatMap((head) => [head, ...descendantsOf(chart, head)]))]
  return team.flatMap((workspaceId) => changesOf(input, workspaceId, after)).slice(0, maxLines)
}

function changesOf(input: ToolDiffInput, workspaceId: WorkspaceId, after: Chart): ToolChange[] {
  const profile = input.profileOf(workspaceId)
  if (!profile) return []
  const changes = new Map<string, ToolChange>()
  for (const tool of input.tools) {
    const was = accessIn(input, input.chart, { workspaceId, tool })
    const is = accessIn(input, after, { workspaceId, tool })
    if (!was || !is || was.verdict === is.verdict) continue
    const why = is.ruleId === null ? `no longer: ${was.why}` : is.why
    const key = `${was.verdict} ${is.verdict} ${why}`
    const known = changes.get(key)
    if (known) known.tools.push(tool)
    else changes.set(key, { workspaceId, name: profile.name, tools: [tool], from: was.verdict, to: is.verdict, why })
  }
  return [...changes.values()]
}

/** Who is asked first from now on, of those whose questions go to the workspace above. */
export function answerDiff(input: ToolDiffInput): AnswerChange[] {
  const { chart, moves, rules, tools, profileOf } = input
  const after = chartAfter(input)
  return moves.flatMap(({ workspaceId, toParentId }) => {
    const profile = profileOf(workspaceId)
    const fromParentId = chart.parentOf(workspaceId) ?? null
    if (!profile || fromParentId === toParentId) return []
    const caller = { workspaceId, above: lineAbove(after, workspaceId), role: profile.role, tier: profile.tier }
    const asksAbove = tools.some((tool) => {
      const rule = decidingRule(rules, { ...caller, kind: 'tool', tool, cost: 0 })
      return rule?.effect === 'ask' && rule.escalate === 'parents-first'
    })
    if (!asksAbove) return []
    const nameOf = (id: WorkspaceId | null) => (id === null ? null : (profileOf(id)?.name ?? null))
    return [{ workspaceId, name: profile.name, from: nameOf(fromParentId), to: nameOf(toParentId) }]
  })
}

/**
 * Contact is a way to what others may do: whoever gains one with a workspace of a higher tier can hand it work that needs
 * tools it may not call itself. Told from the one of the lower tier.
 */
export function reachDiff(input: ToolDiffInput): ReachChange[] {
  const after = chartAfter(input)
  const tell = (sign: ReachChange['sign'], chart: Chart, one: WorkspaceId, other: WorkspaceId): ReachChange[] => {
    const [a, b] = [input.profileOf(one), input.profileOf(other)]
    if (!a || !b || a.tier === b.tier) return []
    const [low, high] = a.tier < b.tier ? [one, other] : [other, one]
    const [from, via] = a.tier < b.tier ? [a, b] : [b, a]
    const may = (workspaceId: WorkspaceId, tool: string) => {
      const verdict = accessIn(input, chart, { workspaceId, tool })?.verdict
      return verdict === 'may' || verdict === 'asks'
    }
    const tools = input.tools.filter((tool) => may(high, tool) && !may(low, tool))
    if (tools.length === 0) return []
    const { name, tier } = from
    return [{ sign, workspaceId: low, name, tier, via: { workspaceId: high, name: via.name, tier: via.tier }, tools }]
  }
  const lines = input.contacts.flatMap(({ workspaceId, gains, loses }) => [
    ...gains.flatMap((other) => tell('gains', after, workspaceId, other.workspaceId)),
    ...loses.flatMap((other) => tell('loses', input.chart, workspaceId, other.workspaceId)),
  ])
  return lines.slice(0, maxLines)
}

function accessIn({ profileOf, rules }: ToolDiffInput, chart: Chart, of: { workspaceId: WorkspaceId; tool: string }) {
  const profile = profileOf(of.workspaceId)
  if (!profile) return undefined
  const { role, tier, listed } = profile
  const caller = { workspaceId: of.workspaceId, above: lineAbove(chart, of.workspaceId), role, tier, listed }
  const nameOf = (id: string) => {
    const known = chart.ids.find((one) => one === id)
    return known && profileOf(known)?.name
  }
  return toolAccess(of.tool, caller, { rules, nameOf })
}

function chartAfter({ chart, moves }: ToolDiffInput): Chart {
  return chartWith(chart, new Map(moves.map((move) => [move.workspaceId, move.toParentId])))
}

function lineAbove(chart: Chart, workspace: WorkspaceId): WorkspaceId[] {
  const above = ancestorsOf(workspace, chart.parentOf)
  return above === 'corrupt' ? [] : above
}
