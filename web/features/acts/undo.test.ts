import { QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ActId, ActName, type UndoStanding } from '#shared/acts/contract.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import { isAvailable } from '../../kernel/commands.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { listenForNotices, type Notice } from '../../ui/toast.ts'
import { passOverNothing, standingNow, standingQuery } from './cache.ts'
import { undoCommands } from './commands.ts'
import { doing, redoLatest, tellDone, undoLatest } from './undo.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const orgId = OrgId.parse(uuid(1))
const { queryKey } = standingQuery(orgId)
const named = (last: number, name: string) =>
  ActName.parse({ id: ActId.parse(uuid(last)), name, at: '2031-05-04T10:00:00.000Z' })
const [move, removal] = [named(10, 'move of Mason'), named(11, 'removal of Cook')]
const standing = (undo: ActName | null, redo: ActName | null): UndoStanding => ({ undo, redo, asked: null })

/** What each look at what comes next is answered, in order; the wire is cut where nothing is left. */
let looks: (UndoStanding | Promise<UndoStanding>)[] = []
let isRefused = false
/** What is asked to be undone or done again, in order. */
let turned: string[] = []
/** Of the latest look: what it asked to leave out. */
let asked = ''
let told: Notice[] = []
let stopListening: () => void

beforeEach(() => {
  vi.stubGlobal('fetch', async (url: string, { body }: RequestInit) => {
    if (!url.includes('undo.standing')) {
      turned.push(...[move, removal].filter(({ id }) => String(body).includes(id)).map(({ name }) => name))
      return isRefused ? refusal() : given({ name: move.name })
    }
    asked = decodeURIComponent(url)
    const next = await looks.shift()
    if (!next) throw new TypeError('the wire is cut')
    return given(next)
  })
  stopListening = listenForNotices((notice) => told.push(notice))
})

afterEach(() => {
  stopListening()
  ;[looks, told, turned, isRefused] = [[], [], [], false]
  queryClient.clear()
  passOverNothing(orgId)
  vi.unstubAllGlobals()
})

test('what was undone and done again is said so, also where nobody answers what comes next', async () => {
  looks = [standing(move, null)]
  await undoLatest(orgId)
  expect(told).toMatchObject([{ title: 'Undid move of Mason', tone: 'done', action: { label: 'Redo' } }])
  expect(standingNow(orgId)).toEqual(standing(null, move))

  await redoLatest(orgId)
  expect(told.slice(1)).toMatchObject([{ title: 'Did again: move of Mason', tone: 'done', action: { label: 'Undo' } }])
  expect(standingNow(orgId)).toEqual(standing(move, null))
})

test('what comes next is asked again where it is shown', async () => {
  queryClient.setQueryData(queryKey, standing(removal, move))
  const leave = new QueryObserver(queryClient, standingQuery(orgId)).subscribe(() => undefined)
  await redoLatest(orgId)
  expect(standingNow(orgId)).toEqual(standing(move, null))
  looks = [standing(move, removal)]
  await vi.waitFor(() => expect(standingNow(orgId)).toEqual(standing(move, removal)), 5_000)
  leave()
})

test('where nobody answered what comes next, the keys ask by themselves', async () => {
  const [undo, redo] = undoCommands(orgId)
  if (!undo || !redo) throw new Error('there is no such command')
  expect([undo, redo].map(isAvailable)).toEqual([true, true])
  looks = [standing(move, null)]
  await undoLatest(orgId)
  expect([undo, redo].map(isAvailable)).toEqual([true, true])

  looks = [standing(removal, move), standing(null, removal)]
  undo.run()
  await vi.waitFor(() => expect(told.at(-1)?.title).toBe('Undid removal of Cook'))
  expect([undo, redo].map(isAvailable)).toEqual([false, true])

  await redoLatest(orgId)
  expect([undo, redo].map(isAvailable)).toEqual([true, true])
  looks = [standing(removal, move)]
  redo.run()
  await vi.waitFor(() => expect(told.at(-1)?.title).toBe('Did again: move of Mason'))
})

test('a look that fails late leaves what was heard meanwhile', async () => {
  const late = Promise.withResolvers<UndoStanding>()
  looks = [standing(move, null), late.promise]
  const undoing = undoLatest(orgId)
  await vi.waitFor(() => expect(looks).toEqual([]))
  queryClient.setQueryData(queryKey, standing(removal, move))
  late.reject(new TypeError('the wire is cut'))
  await undoing
  expect(standingNow(orgId)).toEqual(standing(removal, move))
})

test('an undo that is refused says why, and the next press is about the one before it; a new act begins anew', async () => {
  looks = [standing(move, null), standing(move, null), standing(removal, null)]
  isRefused = true
  await undoLatest(orgId)
  expect(told).toEqual([
    { id: 'undo', title: 'Could not undo move of Mason', detail: 'Mason was put elsewhere since.', tone: 'failed' },
  ])
  expect(asked).toContain(`"passed":["${move.id}"]`)
  expect(standingNow(orgId)).toEqual(standing(removal, null))

  isRefused = false
  looks = [standing(removal, null)]
  await undoLatest(orgId)
  expect(told.at(-1)?.title).toBe('Undid removal of Cook')
  looks = [standing(move, null)]
  await doing(
    orgId,
    async () => null,
    () => undefined,
  )
  await vi.waitFor(() => expect(looks).toEqual([]))
  looks = [standing(move, null)]
  await undoLatest(orgId)
  expect(asked).not.toContain('passed')
})

const found = (act: ActName): UndoStanding => ({ ...standing(act, null), asked: act })

test('what was done in parts is said once, and taken back as a whole, the newest part first', async () => {
  looks = [found(move), found(removal)]
  await tellDone(orgId, '250 files were added', move.id, removal.id)
  expect(told).toMatchObject([{ title: '250 files were added', action: { label: 'Undo' } }])

  looks = [standing(move, removal), standing(null, move)]
  told[0]?.action?.run()
  await vi.waitFor(() => expect(told.at(-1)?.title).toBe('Undid move of Mason and removal of Cook'))
  expect(turned).toEqual([removal.name, move.name])
})

test('of parts one of which is kept no more no undo is offered, for it would not be the whole', async () => {
  looks = [found(move), standing(move, null)]
  await tellDone(orgId, '250 files were added', move.id, removal.id)
  expect(told).toEqual([{ title: '250 files were added', tone: 'done' }])
})

test('where a part cannot be taken back it is said why, and those before it stay', async () => {
  looks = [found(move), found(removal)]
  await tellDone(orgId, '250 files were added', move.id, removal.id)
  isRefused = true
  told[0]?.action?.run()
  await vi.waitFor(() => expect(told.at(-1)?.title).toBe('Could not undo removal of Cook'))
  expect(turned).toEqual([removal.name])
})

test('what was undone elsewhere meanwhile is no obstacle: it can be done again', async () => {
  looks = [standing(move, null), standing(removal, move)]
  isRefused = true
  await undoLatest(orgId)
  expect(asked).not.toContain('passed')
  expect(standingNow(orgId)).toEqual(standing(removal, move))
})

function given(data: unknown): Response {
  return Response.json([{ result: { data } }])
}

function refusal(): Response {
  const appError = { code: 'conflict', message: 'Mason was put elsewhere since.' }
  const error = { code: -32009, message: appError.message, data: { code: 'CONFLICT', httpStatus: 409, appError } }
  return Response.json([{ error }], { status: 409 })
}
