import type { WorkspaceId } from '../kernel/ids.ts'
import type { ContactPolicy } from '../orgs/contract.ts'
import { ancestorsOf, type Contact, canCommunicate } from '../workspaces/can-communicate.ts'
import { type Chart, chartWith, descendantsOf } from '../workspaces/chart.ts'
import type { ContactChange } from './contract.ts'

export type Move = { workspaceId: WorkspaceId; toParentId: WorkspaceId | null }

export type ContactDiffInput = {
  chart: Chart
  policy: ContactPolicy
  moves: readonly Move[]
  nameOf: (workspace: WorkspaceId) => string
}

/**
 * Who may talk to whom after a move and could not before, and the other way round. A pair that changes always has a member
 * of a moved team: it is told once, under that member; the moved ones come first, then their teams. The relation is what the
 * other is to the member.
 */
export function contactDiff({ chart, policy, moves, nameOf }: ContactDiffInput): ContactChange[] {
  const after = chartWith(chart, new Map(moves.map((move) => [move.workspaceId, move.toParentId])))
  const heads = [...new Set(moves.map((move) => move.workspaceId))]
  const told = new Set<string>()
  const tell = (member: WorkspaceId, others: Iterable<WorkspaceId>): ContactChange => {
    const change: ContactChange = { workspaceId: member, name: nameOf(member), gains: [], loses: [] }
    for (const other of others) {
      const pair = member < other ? `${member} ${other}` : `${other} ${member}`
      if (told.has(pair)) continue
      told.add(pair)
      const was = canCommunicate(member, other, chart.parentOf, policy)
      const is = canCommunicate(member, other, after.parentOf, policy)
      if (is.allowed && !was.allowed) change.gains.push(contact(other, is))
      if (was.allowed && !is.allowed) change.loses.push(contact(other, was))
    }
    return change
  }
  const contact = (other: WorkspaceId, { relation }: Extract<Contact, { allowed: true }>) => ({
    workspaceId: other,
    name: nameOf(other),
    relation,
  })
  const isHead = new Set(heads)
  const team = new Set(heads.flatMap((head) => descendantsOf(chart, head)).filter((member) => !isHead.has(member)))
  const changes = heads.map((head) => tell(head, new Set([...around(chart, head), ...around(after, head)])))
  for (const member of team) {
    changes.push(tell(member, new Set([...lineAbove(chart, member), ...lineAbove(after, member)])))
  }
  return changes.filter(({ gains, loses }) => gains.length + loses.length > 0)
}

/** Whom a workspace is in contact with for where it stands itself; those below it come along or are moved themselves. */
function around(chart: Chart, workspace: WorkspaceId): WorkspaceId[] {
  const siblings = chart.childrenOf(chart.parentOf(workspace) ?? null).filter((other) => other !== workspace)
  return [...lineAbove(chart, workspace), ...siblings]
}

function lineAbove(chart: Chart, workspace: WorkspaceId): WorkspaceId[] {
  const above = ancestorsOf(workspace, chart.parentOf)
  return above === 'corrupt' ? [] : above
}
