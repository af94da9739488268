import { describe, expect, it } from 'vitest'
import { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { OrgEvent, type OrgFact } from '#shared/org-event.ts'
import { activityOf, edgeActivityOf, newsMs, shareOf } from './activity.ts'
import { applyEvent } from './apply-event.ts'
import { edgeKey, fromSnapshot, type LiveState } from './live-state.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const orgId = OrgId.parse(uuid(1))
const lead = WorkspaceId.parse(uuid(10))
const analyst = WorkspaceId.parse(uuid(11))
const writer = WorkspaceId.parse(uuid(12))
const task = DelegationId.parse(uuid(20))
const part = DelegationId.parse(uuid(21))
const otherPart = DelegationId.parse(uuid(22))
const start = Date.parse('2031-05-04T10:00:00.000Z')

/** An org at event 10 that is told facts one after the other, a second apart. */
function orgThatHears(
  state: LiveState = fromSnapshot(orgId, { seq: 10, delegations: [], spend: [], failures: [] }, start),
) {
  const event = (seq: number, fact: OrgFact, at = start + seq * 1000) =>
    OrgEvent.parse({
      id: uuid(900),
      orgId,
      seq,
      version: 1,
      at: new Date(at).toISOString(),
      actor: { kind: 'system', id: 'test' },
      chain: { id: uuid(901), depth: 0 },
      ...fact,
    })
  const hear = (...facts: OrgFact[]) => facts.map((fact) => applyEvent(state, event(state.seq + 1, fact)))
  const activity = (id: WorkspaceId, now = start + state.seq * 1000) => activityOf(state.workspaces.get(id), now)
  const edge = (from: WorkspaceId, to: WorkspaceId, now = start + state.seq * 1000) =>
    edgeActivityOf(state.edges.get(edgeKey(from, to)), now)
  return { state, event, hear, activity, edge }
}

const queued = (id: DelegationId, workspaceId: WorkspaceId, from: WorkspaceId | null, parentId: DelegationId | null) =>
  ({
    type: 'delegation.queued',
    payload: { delegationId: id, workspaceId, fromWorkspaceId: from, parentId, rootId: task, priority: 'normal' },
  }) satisfies OrgFact
const of = (delegationId: DelegationId, workspaceId: WorkspaceId, fromWorkspaceId: WorkspaceId | null = null) => ({
  delegationId,
  workspaceId,
  fromWorkspaceId,
})
const started = (...given: Parameters<typeof of>) =>
  ({ type: 'delegation.started', payload: of(...given) }) satisfies OrgFact
const waiting = (waitingFor: 'child' | 'approval', ...given: Parameters<typeof of>) =>
  ({ type: 'delegation.waiting', payload: { ...of(...given), waitingFor } }) satisfies OrgFact
const completed = (...given: Parameters<typeof of>) =>
  ({ type: 'delegation.completed', payload: { ...of(...given), cost: 100 } }) satisfies OrgFact
const failed = (...given: Parameters<typeof of>) =>
  ({ type: 'delegation.failed', payload: { ...of(...given), cost: 100 } }) satisfies OrgFact
const step = (number: number, cost: number) =>
  ({
    type: 'step.changed',
    payload: { delegationId: task, workspaceId: lead, step: number, kind: 'model', state: 'done', name: 'm', cost },
  }) satisfies OrgFact

describe('the live state of an org', () => {
  it('follows a delegation from queued over working to completed, then lets it rest', () => {
    const org = orgThatHears()
    org.hear(queued(task, lead, null, null))
    expect(org.activity(lead)).toMatchObject({ activity: 'queued', queued: 1 })
    org.hear(started(task, lead))
    expect(org.activity(lead)).toMatchObject({ activity: 'working', running: 1, queued: 0 })
    org.hear(completed(task, lead))
    expect(org.activity(lead).activity).toBe('completed')
    expect(org.activity(lead, start + newsMs * 2).activity).toBe('idle')
  })

  it('counts how many children of how many are still open', () => {
    const org = orgThatHears()
    org.hear(
      queued(task, lead, null, null),
      started(task, lead),
      queued(part, analyst, lead, task),
      queued(otherPart, writer, lead, task),
      waiting('child', task, lead),
      completed(part, analyst, lead),
    )
    expect(org.activity(lead)).toMatchObject({
      activity: 'waiting-child',
      waitingOn: { open: 1, given: 2, workspaceIds: [writer] },
    })
  })

  it('says what needs a person before what goes on', () => {
    const org = orgThatHears()
    org.hear(
      queued(task, lead, null, null),
      started(task, lead),
      queued(part, lead, null, null),
      started(part, lead),
      waiting('approval', part, lead),
    )
    expect(org.activity(lead)).toMatchObject({ activity: 'waiting-approval', running: 1 })
    expect(shareOf(org.state.workspaces.get(lead))).toMatchObject({ running: 1, waitingForYou: 1 })
  })

  it('sends one pulse down with the task and one up with the answer', () => {
    const org = orgThatHears()
    org.hear(queued(part, analyst, lead, task))
    applyEvent(org.state, org.event(12, started(part, analyst, lead), start + 11_100))
    org.hear(completed(part, analyst, lead))
    expect(org.state.changed.pulses.map(({ direction }) => direction)).toEqual(['down', 'up'])
  })

  it('keeps a failure on the edge until new work runs over it', () => {
    const org = orgThatHears()
    org.hear(queued(part, analyst, lead, task), failed(part, analyst, lead))
    expect(org.edge(lead, analyst, start + newsMs * 10)?.state).toBe('failed')
    org.hear(queued(otherPart, analyst, lead, task), started(otherPart, analyst, lead))
    expect(org.edge(lead, analyst)?.state).toBe('running')
  })

  it('ignores what it has seen, whatever the order', () => {
    const org = orgThatHears()
    const old = org.event(11, queued(task, lead, null, null))
    expect(applyEvent(org.state, old)).toBe(true)
    expect(applyEvent(org.state, org.event(13, completed(task, lead)))).toBe(true)
    expect(applyEvent(org.state, org.event(12, started(task, lead)))).toBe(false)
    expect(applyEvent(org.state, old)).toBe(false)
    expect(org.state.delegations.size).toBe(0)
    expect(org.activity(lead).activity).toBe('completed')
  })

  it('ignores what its snapshot already holds', () => {
    const delegation = { id: task, parentId: null, workspaceId: lead, fromWorkspaceId: null, waitingFor: null }
    const since = new Date(start).toISOString()
    const snapshot = {
      seq: 15,
      delegations: [{ ...delegation, state: 'running' as const, since }],
      spend: [],
      failures: [],
    }
    const org = orgThatHears(fromSnapshot(orgId, snapshot, start))
    expect(applyEvent(org.state, org.event(15, completed(task, lead)))).toBe(false)
    expect(org.activity(lead).activity).toBe('working')
  })

  it('never brings a deleted workspace back', () => {
    const org = orgThatHears()
    org.hear(queued(task, lead, null, null), started(task, lead))
    org.hear({ type: 'workspace.deleted', payload: { workspaceId: lead } })
    org.hear(waiting('approval', task, lead), started(part, lead), completed(part, lead), step(1, 500))
    expect(org.state.workspaces.has(lead)).toBe(false)
    expect(org.state.delegations.size).toBe(0)
    org.hear({ type: 'workspace.restored', payload: { workspaceId: lead } }, started(part, lead))
    expect(org.activity(lead).activity).toBe('working')
  })

  it('counts a step that is told twice once, and starts anew at midnight', () => {
    const org = orgThatHears()
    org.hear(queued(task, lead, null, null), step(1, 500), step(1, 500), step(2, 200))
    expect(org.activity(lead).spendToday).toBe(700)
    applyEvent(org.state, org.event(99, step(3, 50), start + 24 * 3_600_000))
    expect(org.activity(lead).spendToday).toBe(50)
  })

  it('settles what the steps did not tell when a delegation ends', () => {
    const org = orgThatHears()
    org.hear(queued(task, lead, null, null), step(1, 30), completed(task, lead))
    expect(org.activity(lead).spendToday).toBe(100)
  })

  it('hears nothing of another org', () => {
    const org = orgThatHears()
    const foreign = { ...org.event(11, queued(task, lead, null, null)), orgId: OrgId.parse(uuid(2)) }
    expect(applyEvent(org.state, foreign)).toBe(false)
  })
})
