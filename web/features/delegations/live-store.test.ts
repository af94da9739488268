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
    store.load(OrgId.parse(uuid(2)), { seq: 0, delegations: [], spend: [], failures: [] })
    frames.shift()?.()
    expect(store.activity(lead).spendToday).toBe(0)
  })
})
