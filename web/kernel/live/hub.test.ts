import { expect, it } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import { createHub, type LiveMessage } from './hub.ts'
import type { StreamHearing } from './stream.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const orgId = OrgId.parse(uuid(1))

function renamed(seq: number): OrgEvent {
  return OrgEvent.parse({
    ...{ id: uuid(500), orgId, seq, version: 1, at: '2031-05-04T10:00:00.000Z' },
    ...{ actor: { kind: 'system', id: 'test' }, chain: { id: uuid(500), depth: 0 } },
    ...{ type: 'org.renamed', payload: { name: `Name ${seq}` } },
  })
}

/** A hub whose stream says what the test says. */
function hubOn() {
  const streams: StreamHearing[] = []
  const opened: number[] = []
  const hub = createHub((_org, after, hearing) => {
    opened.push(after)
    streams.push(hearing)
    return () => {}
  })
  const join = (after: number) => {
    const told: LiveMessage[] = []
    const waiting: (() => void)[] = []
    const leave = hub.join(orgId, after, (message) => {
      told.push(message)
      if (message.kind === 'events') for (const wake of waiting.splice(0)) wake()
    })
    const batches = () => told.flatMap((one) => (one.kind === 'events' ? [one.events.map(({ seq }) => seq)] : []))
    return { told, batches, leave, nextBatch: () => new Promise<void>((wake) => waiting.push(wake)) }
  }
  return { join, opened, say: () => streams.at(-1) }
}

it('tells the events of one moment in one message, each once', async () => {
  const { join, say } = hubOn()
  const page = join(0)
  const batch = page.nextBatch()
  for (const seq of [1, 2, 3]) say()?.onEvent(renamed(seq))
  expect(page.batches()).toEqual([])
  await batch
  expect(page.batches()).toEqual([[1, 2, 3]])
  const next = page.nextBatch()
  for (const seq of [4, 5]) say()?.onEvent(renamed(seq))
  await next
  expect(page.batches()).toEqual([
    [1, 2, 3],
    [4, 5],
  ])
  page.leave()
})

it('lets nothing overtake the events before it', () => {
  const { join, say } = hubOn()
  const page = join(0)
  say()?.onEvent(renamed(1))
  say()?.onState('offline')
  expect(page.told.slice(-2).map(({ kind }) => kind)).toEqual(['events', 'state'])
  page.leave()
})

it('tells a page that joins late all after its position at once, and what was on its way not twice', async () => {
  const { join, say } = hubOn()
  const first = join(0)
  const batch = first.nextBatch()
  for (const seq of [1, 2, 3]) say()?.onEvent(renamed(seq))
  const late = join(1)
  expect(late.batches()).toEqual([[2, 3]])
  await batch
  expect(late.batches()).toEqual([[2, 3]])
  expect(first.batches()).toEqual([[1, 2, 3]])
  first.leave()
  late.leave()
})

it('begins a refused stream anew where the page that stands furthest back left off', async () => {
  const { join, opened, say } = hubOn()
  const back = join(100)
  say()?.onState('refused')
  const ahead = join(150)
  expect(opened).toEqual([100, 100])
  const told = Promise.all([back.nextBatch(), ahead.nextBatch()])
  for (const seq of [101, 150, 151]) say()?.onEvent(renamed(seq))
  await told
  expect([back.batches(), ahead.batches()]).toEqual([[[101, 150, 151]], [[151]]])
})
