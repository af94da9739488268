import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { OrgEvent } from '#shared/org-event.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { liveStore } from '../delegations/index.ts'
import { followWorkspaces, workspacesQuery } from '../workspaces/index.ts'
import { backToLive, openPast, play } from './past-store.ts'
import { forgetPast, shown } from './shown.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [here, there] = [OrgId.parse(uuid(1)), OrgId.parse(uuid(2))]

const range = { firstAt: '2031-05-04T10:00:00.000Z', lastAt: '2031-05-04T11:00:00.000Z', lastSeq: 9, buckets: [9] }
const work = { seq: 12, settledSeq: 12, delegations: [], spend: [], failures: [] }
const list = { seq: 12, workspaces: [] }
const answers: Record<string, unknown> = {
  'past.range': range,
  'past.at': { seq: 5, at: range.lastAt, list: { ...list, seq: 5 }, work: { ...work, seq: 5 } },
  'past.events': [],
  'workspaces.list': list,
  'delegations.active': work,
}

const stopped = OrgEvent.parse({
  ...{ id: uuid(500), orgId: here, seq: 11, version: 1, at: range.lastAt },
  ...{ actor: { kind: 'system', id: 'test' }, chain: { id: uuid(500), depth: 0 } },
  type: 'org.stopped',
  payload: { delegations: 0 },
})

/** The server's wire: a question waits while it is held, and is refused when the wire is cut. */
let held: PromiseWithResolvers<void> | undefined
let isCut = false

beforeEach(() => {
  // A hidden page draws by a timer.
  vi.stubGlobal('document', { visibilityState: 'hidden' })
  vi.stubGlobal('fetch', async (url: string) => {
    const paths = new URL(url, 'http://page').pathname.replace('/api/trpc/', '').split(',')
    await held?.promise
    if (isCut) throw new TypeError('the wire is cut')
    return Response.json(paths.map((path) => ({ result: { data: answers[path] } })))
  })
})

afterEach(() => {
  held = undefined
  isCut = false
  forgetPast(here)
  queryClient.clear()
  vi.unstubAllGlobals()
})

const hold = () => {
  held = Promise.withResolvers<void>()
  return held
}

test('the way back of an org that was left brings nothing of it into the next', async () => {
  await openPast(here)
  const wire = hold()
  const returning = backToLive(here)
  forgetPast(here)
  liveStore.load(there, { ...work, seq: 3 })
  wire.resolve()
  await returning
  expect(liveStore.position()).toEqual({ orgId: there, seq: 3 })
  expect(shown.phase).toBe('live')
})

test('a way back that fails after the org was left does not bring its past back', async () => {
  await openPast(here)
  const wire = hold()
  const returning = backToLive(here)
  forgetPast(here)
  isCut = true
  wire.resolve()
  await returning
  expect(shown.phase).toBe('live')
})

test('a look back asked for in an org that was left opens nothing', async () => {
  const wire = hold()
  const opening = openPast(here)
  forgetPast(here)
  wire.resolve()
  await opening
  expect(shown.phase).toBe('live')
  expect(queryClient.getQueryData(workspacesQuery(here).queryKey)).toBeUndefined()
})

test('a way back that fails stands still in the past, and does not say that it plays', async () => {
  await openPast(here)
  await play(here)
  expect(shown).toMatchObject({ phase: 'past', isPlaying: true })
  isCut = true
  await expect(backToLive(here)).rejects.toThrow()
  expect(shown).toMatchObject({ phase: 'past', isPlaying: false })
})

test('the present comes back as it is read', async () => {
  await openPast(here)
  expect(liveStore.position()).toEqual({ orgId: here, seq: 5 })
  await backToLive(here)
  expect(liveStore.position()).toEqual({ orgId: here, seq: 12 })
  expect(shown.phase).toBe('live')
})

test('the chart of the past is gone when the org is left', async () => {
  await openPast(here)
  expect(queryClient.getQueryData(workspacesQuery(here).queryKey)).toMatchObject({ seq: 5 })
  forgetPast(here)
  expect(queryClient.getQueryData(workspacesQuery(here).queryKey)).toBeUndefined()
})

test('a chart of the present that was being read is not drawn into the past', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  queryClient.setQueryData(workspacesQuery(here).queryKey, { seq: 10, workspaces: [] })
  followWorkspaces(stopped)
  const opening = openPast(here)
  await vi.advanceTimersByTimeAsync(100)
  await opening
  await vi.advanceTimersByTimeAsync(100)
  vi.useRealTimers()
  expect(queryClient.getQueryData(workspacesQuery(here).queryKey)).toMatchObject({ seq: 5 })
})
