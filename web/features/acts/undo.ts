import type { ActName } from '#shared/acts/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, queryClient } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import {
  isStandingOld,
  passNoMore,
  passOver,
  passOverNothing,
  readStanding,
  standingNow,
  standingQuery,
} from './cache.ts'
import { type DonePageAct, type PageAct, pageActs } from './page-acts.ts'
import { createTurns } from './turns.ts'

/** What is taken back next: the latest of what the server keeps and what only this page can. */
export type Undoable = { kind: 'kept'; act: ActName } | { kind: 'page'; act: DonePageAct }

export function latestUndoable(orgId: OrgId): Undoable | undefined {
  const kept = standingNow(orgId)?.undo
  const page = pageActs.latest(orgId)
  if (page && (!kept || page.at > Date.parse(kept.at))) return { kind: 'page', act: page }
  return kept ? { kind: 'kept', act: kept } : undefined
}

/** The second press takes back what is the latest after the first, not the same once more. */
const inTurn = createTurns()
const underWay = new Set<Promise<unknown>>()

/** Names an act that is still on its way to the server, so that an undo pressed meanwhile takes back this one. */
export function acting<T>(orgId: OrgId, act: Promise<T>): Promise<T> {
  underWay.add(act)
  const end = () => {
    underWay.delete(act)
    void readStanding(orgId).catch(() => undefined)
  }
  act.then(() => {
    passOverNothing(orgId)
    end()
  }, end)
  return act
}

/** Takes back what was done last, also what was done a moment ago and is not yet heard of. */
export function undoLatest(orgId: OrgId): Promise<void> {
  return inTurn(() => undoLatestNow(orgId))
}

async function undoLatestNow(orgId: OrgId): Promise<void> {
  await Promise.allSettled(underWay)
  await readStanding(orgId).catch(() => undefined)
  const latest = latestUndoable(orgId)
  if (latest) await undoNow(orgId, latest)
}

/** Does again what was taken back last. */
export function redoLatest(orgId: OrgId): Promise<void> {
  return inTurn(() => redoLatestNow(orgId))
}

async function redoLatestNow(orgId: OrgId): Promise<void> {
  if (isStandingOld(orgId)) await readStanding(orgId).catch(() => undefined)
  const act = standingNow(orgId)?.redo
  if (!act) return
  await say(`redo ${act.name}`, async () => {
    await orPassOver(orgId, { act, side: 'redo' }, client.undo.redo.mutate({ orgId, actId: act.id }))
    await lookOn(orgId, act, 'redo')
    notify({
      id: 'undo',
      title: `Did again: ${act.name}`,
      tone: 'done',
      action: { label: 'Undo', run: () => void undo(orgId, { kind: 'kept', act }) },
    })
  })
}

/**
 * Does something to the chart or to files, says what was done, and offers to take back just that: it is kept under an id of
 * this page's choosing, whatever else is done a moment later. `said` gives nothing where there is nothing to say.
 */
export async function doing<T>(
  orgId: OrgId,
  act: (asAct: string) => Promise<T>,
  said: (done: T) => string | undefined,
): Promise<T> {
  const asAct = crypto.randomUUID()
  const done = await acting(orgId, act(asAct))
  const title = said(done)
  if (title !== undefined) void tellDone(orgId, title, asAct)
  return done
}

/** Says what was done under an id, or in parts under several, and offers to take back all of it; the server knows how. */
export async function tellDone(orgId: OrgId, title: string, ...actIds: readonly string[]): Promise<void> {
  const acts: ActName[] = []
  for (const actId of actIds) {
    const act = await readStanding(orgId, actId).catch(() => null)
    if (act) acts.push(act)
  }
  const isAll = acts.length > 0 && acts.length === actIds.length
  notify({
    title,
    tone: 'done',
    ...(isAll && { action: { label: 'Undo', run: () => void inTurn(() => undoParts(orgId, acts)) } }),
  })
}

/** The newest first; where one cannot be taken back, those before it stay as they are. */
async function undoParts(orgId: OrgId, acts: readonly ActName[]): Promise<void> {
  for (const act of acts.toReversed()) {
    if (!(await undoNow(orgId, { kind: 'kept', act }))) return
  }
  const names = acts.map(({ name }) => name)
  if (acts.length > 1) notify({ id: 'undo', title: `Undid ${names.join(' and ')}`, tone: 'done' })
}

/** The same for an act the server keeps nothing of: this page knows how to take it back, as long as it is open. */
export function offerUndo(title: string, done: PageAct): void {
  const act = pageActs.push(done)
  const run = () => void say(`undo ${act.name}`, () => undoOnPage(act))
  notify({ title, tone: 'done', action: { label: 'Undo', run } })
}

function undo(orgId: OrgId, undoable: Undoable): Promise<void> {
  return inTurn(async () => void (await undoNow(orgId, undoable)))
}

/** True when it was taken back. */
async function undoNow(orgId: OrgId, { kind, act }: Undoable): Promise<boolean> {
  return await say(`undo ${act.name}`, async () => {
    if (kind === 'page') return await undoOnPage(act)
    await orPassOver(orgId, { act, side: 'undo' }, client.undo.undo.mutate({ orgId, actId: act.id }))
    await lookOn(orgId, act, 'undo')
    notify({
      id: 'undo',
      title: `Undid ${act.name}`,
      tone: 'done',
      action: { label: 'Redo', run: () => void redoLatest(orgId) },
    })
  })
}

type Turned = { act: ActName; side: 'undo' | 'redo' }

/** Where the ground of an act has changed it stays as it is, and the next press is about the one before it. */
async function orPassOver(orgId: OrgId, { act: { id }, side }: Turned, turned: Promise<unknown>): Promise<void> {
  try {
    await turned
    passNoMore(orgId, id)
  } catch (error) {
    const { code } = readProblem(error)
    if (code !== 'conflict' && code !== 'not-found') throw error
    const look = () => readStanding(orgId).catch(() => undefined)
    await look()
    // What somebody else had turned already stands on the other side by now, and is no obstacle.
    if (standingNow(orgId)?.[side]?.id === id) {
      passOver(orgId, id)
      await look()
    }
    throw error
  }
}

/**
 * What comes next. Where that look fails, what was done is done all the same: the act goes to the other side, unless something
 * newer was heard of the side it was on, and the rest is asked again.
 */
async function lookOn(orgId: OrgId, act: ActName, side: 'undo' | 'redo'): Promise<void> {
  try {
    await readStanding(orgId)
  } catch {
    const { queryKey } = standingQuery(orgId)
    const known = { undo: null, redo: null, asked: null, [side === 'undo' ? 'redo' : 'undo']: act }
    queryClient.setQueryData(queryKey, (now) => (now?.[side]?.id === act.id ? known : undefined))
    void queryClient.invalidateQueries({ queryKey })
  }
}

async function undoOnPage(act: DonePageAct): Promise<void> {
  if (await pageActs.undo(act)) notify({ id: 'undo', title: `Undid ${act.name}`, tone: 'done' })
}

/** True when it went; else the person is told why not. */
async function say(what: string, act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({
      id: 'undo',
      title: `Could not ${what}`,
      detail: [message, fix].filter(Boolean).join(' '),
      tone: 'failed',
    })
    return false
  }
}
