import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { beAt, beGone, meanFile, moveCursor, openFile } from './my-place.ts'

const orgId = OrgId.parse('0190a0b0-0000-7000-8000-000000000001')
const workspaceId = WorkspaceId.parse('0190a0b0-0000-7000-8000-000000000002')
const left = { orgId, workspaceId, path: 'left.md' }
const right = { orgId, workspaceId, path: 'right.md' }
const cursorA = { anchor: 'AAAA', head: 'AAAA' }
const cursorB = { anchor: 'BBBB', head: 'BBBB' }

/** What was said of the open file, the latest last. */
let said: unknown[] = []
const endings: (() => void)[] = []

// One clock for all tests, as a page has one.
beforeAll(() => void vi.useFakeTimers())
afterAll(() => void vi.useRealTimers())
beforeEach(() => {
  said = []
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('fetch', async (_url: string, { body }: { body: string }) => {
    const told: unknown = JSON.parse(body)
    if (typeof told === 'object' && told !== null && 'file' in told) said.push(told.file)
    return Response.json({ result: { data: { seq: said.length } } })
  })
  endings.push(beAt(orgId, workspaceId))
})
afterEach(() => {
  for (const end of endings.splice(0).reverse()) end()
  beGone(orgId)
  vi.unstubAllGlobals()
})

async function lastSaid(): Promise<unknown> {
  await vi.advanceTimersByTimeAsync(10_000)
  return said.at(-1)
}

function open(file: typeof left, onSeq: (seq: number) => void = () => {}): () => void {
  const close = openFile(file, onSeq)
  endings.push(close)
  return close
}

function mean(file: typeof left): () => void {
  const end = meanFile(file)
  endings.push(end)
  return end
}

test('the open file is said with its cursor, and that none is open once it is closed', async () => {
  const close = open(left)
  moveCursor(left, cursorA)
  expect(await lastSaid()).toEqual({ path: 'left.md', cursor: cursorA })
  close()
  expect(await lastSaid()).toBeNull()
})

test('of two files side by side the one the keyboard means is said, whichever was opened last', async () => {
  mean(left)
  open(left)
  open(right)
  expect(await lastSaid()).toEqual({ path: 'left.md', cursor: null })
})

test('each of two files keeps its own cursor while the other is said', async () => {
  open(left)
  open(right)
  const leave = mean(right)
  moveCursor(left, cursorA)
  moveCursor(right, cursorB)
  expect(await lastSaid()).toEqual({ path: 'right.md', cursor: cursorB })
  leave()
  mean(left)
  expect(await lastSaid()).toEqual({ path: 'left.md', cursor: cursorA })
})

test('when one of two files is closed the other is said again', async () => {
  open(left)
  moveCursor(left, cursorA)
  const leave = mean(right)
  const close = open(right)
  expect(await lastSaid()).toEqual({ path: 'right.md', cursor: null })
  close()
  leave()
  expect(await lastSaid()).toEqual({ path: 'left.md', cursor: cursorA })
})

test('how far a text has come is heard by the file that was said', async () => {
  const [heardLeft, heardRight] = [vi.fn(), vi.fn()]
  open(left, heardLeft)
  open(right, heardRight)
  mean(left)
  await lastSaid()
  expect(heardLeft).toHaveBeenCalled()
  expect(heardRight).not.toHaveBeenCalled()
})
