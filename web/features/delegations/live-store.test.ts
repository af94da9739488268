import { describe, expect, it } from 'vitest'
import { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import { createLiveStore } from './live-store.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const orgId = OrgId.parse(uuid(1))
const [lead, writer] = [WorkspaceId.parse(uuid(10)), WorkspaceId.parse(uuid(11))]

function queued(seq: number, workspaceId: WorkspaceId) {
  return OrgEvent.parse({
    id: uuid(500),
    orgId,
    seq,
    version: 1,
    at: '2031-05-04T10:00:00.000Z',
    actor: { kind: 'system', id: 'test' },
    chain: { id: uuid(500), depth: 0 },
    type: 'delegation.queued',
    payload: {
      delegationId: uuid(1000 + seq),
      workspaceId,
      fromWorkspaceId: null,
      parentId: null,
      rootId: uuid(1000 + seq),
      priority: 'normal',
    },
  })
}

function goesOn(
  seq: number,
  type: 'delegation.started' | 'delegation.completed',
  workspaceId: WorkspaceId,
  queuedAt: number,
) {
  const of = { delegationId: uuid(1000 + queuedAt), workspaceId, fromWorkspaceId: null }
  return OrgEvent.parse({ ...queued(seq, workspaceId), type, payload: { ...of, cost: 100 } })
}

describe('the live store', () => {
  it('tells many events of one frame once, and each card only of its own workspace', () => {
    const frames: (() => void)[] = []
    const store = createLiveStore(
      (flush) => frames.push(flush),
      () => Date.parse('2031-05-04T10:00:01.000Z'),
    )
    store.load(orgId, { seq: 0, delegations: [], spend: [], failures: [] })
    frames.shift()?.()
    const heard: string[] = []
    store.subscribeCard(lead, () => heard.push('lead'))
    store.subscribeCard(writer, () => heard.push('writer'))
    store.onTotals(() => heard.push('totals'))
    for (let seq = 1; seq <= 5; seq += 1) store.apply(queued(seq, lead))
    expect(frames).toHaveLength(1)
    expect(heard).toEqual([])
    frames.shift()?.()
    expect(heard).toEqual(['lead', 'totals'])
    expect(store.activity(lead).queued).toBe(5)
    expect(store.totals().queued).toBe(5)
    expect(store.position()).toEqual({ orgId, seq: 5 })
  })

  it('forgets one org when it is given another', () => {
    const frames: (() => void)[] = []
    const store = createLiveStore((flush) => frames.push(flush))
    store.load(orgId, { seq: 0, delegations: [], spend: [{ workspaceId: lead, today: 7 }], failures: [] })
    frames.shift()?.()
    expect(store.activity(lead).spendToday).toBe(7)
    expect(store.totals().spendToday).toBe(7)
    store.load(OrgId.parse(uuid(2)), { seq: 0, delegations: [], spend: [], failures: [] })
    expect([store.toldOf(), store.totals().spendToday]).toEqual([orgId, 7])
    frames.shift()?.()
    expect(store.toldOf()).toBe(OrgId.parse(uuid(2)))
    expect(store.activity(lead).spendToday).toBe(0)
    expect(store.totals().spendToday).toBe(0)
  })

  it('keeps the totals true as work begins, moves on and ends', () => {
    const frames: (() => void)[] = []
    const store = createLiveStore(
      (flush) => frames.push(flush),
      () => Date.parse('2031-05-04T10:00:01.000Z'),
    )
    const hear = (...events: OrgEvent[]) => {
      for (const event of events) store.apply(event)
      frames.shift()?.()
      return store.totals()
    }
    store.load(orgId, { seq: 0, delegations: [], spend: [{ workspaceId: writer, today: 7 }], failures: [] })
    expect(hear(queued(1, lead), queued(2, writer))).toMatchObject({ queued: 2, running: 0, spendToday: 7 })
    expect(hear(goesOn(3, 'delegation.started', lead, 1))).toMatchObject({ queued: 1, running: 1 })
    expect(hear(goesOn(4, 'delegation.completed', lead, 1))).toMatchObject({ queued: 1, running: 0, spendToday: 107 })
    expect(hear(goesOn(5, 'delegation.started', writer, 2), goesOn(6, 'delegation.completed', writer, 2))).toEqual({
      ...{ running: 0, queued: 0, waitingForYou: 0, lost: 0, spendToday: 207 },
    })
  })
})
