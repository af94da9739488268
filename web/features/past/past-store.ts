import type { OrgId } from '#shared/kernel/ids.ts'
import type { OrgEvent } from '#shared/org-event.ts'
import type { PastAt, PastView } from '#shared/past/contract.ts'
import type { WorkspaceList } from '#shared/workspaces/contract.ts'
import { client, queryClient } from '../../kernel/trpc.ts'
import { liveStore } from '../delegations/index.ts'
import { dropRefresh, followWorkspaces, workspacesQuery } from '../workspaces/index.ts'
import { become, onShown, type Shown, type Speed, shown, takeKept, visit } from './shown.ts'

export const speeds = [1, 4, 16, 60] as const satisfies readonly Speed[]

/** Playing looks this often whether something has happened. */
const tickMs = 250
/** Longer stretches of playing without an event are jumped over. */
const idleMs = 3_000
const pageSize = 500

let seeks = 0
let timer: ReturnType<typeof setTimeout> | undefined

// Who leaves the past, also by closing the org, leaves what still was on its way there.
onShown(() => {
  if (shown.phase === 'past') return
  clearTimeout(timer)
  seeks++
})

export async function openPast(orgId: OrgId): Promise<void> {
  const isWanted = takeTicket()
  const range = await client.past.range.query({ orgId })
  if (!isWanted()) return
  dropRefresh(orgId)
  become({ phase: 'past', range, seq: range.lastSeq, at: range.lastAt, isPlaying: false, speed: 4, skipped: 0 })
  await seek(orgId, { seq: range.lastSeq })
}

/** The last one asked for wins. */
export async function seek(orgId: OrgId, moment: PastAt['moment']): Promise<void> {
  const isWanted = takeTicket()
  const view = await client.past.at.query({ orgId, moment })
  if (!isWanted() || shown.phase !== 'past') return
  show(orgId, view)
  become({ ...shown, seq: view.seq, at: 'at' in moment ? moment.at : view.at, skipped: 0 })
}

export function setSpeed(speed: Speed): void {
  if (shown.phase === 'past') become({ ...shown, speed })
}

export function pause(): void {
  clearTimeout(timer)
  if (shown.phase === 'past') become({ ...shown, isPlaying: false })
}

/** From where it stands; from the beginning when it stands at the end. */
export async function play(orgId: OrgId): Promise<void> {
  if (shown.phase !== 'past') return
  const here = visit
  if (shown.seq >= shown.range.lastSeq) await seek(orgId, { seq: 0 })
  if (here !== visit || shown.phase !== 'past') return
  const isWanted = takeTicket()
  become({ ...shown, isPlaying: true, at: shown.at ?? shown.range.firstAt })
  let next: OrgEvent[] = []
  const tick = async () => {
    if (!isWanted() || shown.phase !== 'past' || !shown.isPlaying) return
    if (next.length === 0) next = await eventsAfter(orgId, shown.seq, shown.range.lastSeq)
    if (!isWanted() || shown.phase !== 'past' || !shown.isPlaying) return
    next = await playOn({ orgId, now: shown, next, isWanted })
    if (!isWanted()) return
    if (next.length === 0 && shown.phase === 'past' && shown.seq >= shown.range.lastSeq) return pause()
    timer = setTimeout(() => void tick().catch(giveUp), tickMs)
  }
  const giveUp = () => {
    if (isWanted()) pause()
  }
  await tick().catch((error: unknown) => {
    giveUp()
    throw error
  })
}

/** What is played ends where the look back began; what happened since is the present's. */
async function eventsAfter(orgId: OrgId, afterSeq: number, lastSeq: number): Promise<OrgEvent[]> {
  const events = await client.past.events.query({ orgId, afterSeq, limit: pageSize })
  return events.filter((event) => event.seq <= lastSeq)
}

type Tick = { orgId: OrgId; now: Extract<Shown, { phase: 'past' }>; next: OrgEvent[]; isWanted: () => boolean }

/** One tick further; gives the events that are still to come. */
async function playOn({ orgId, now, next, isWanted }: Tick): Promise<OrgEvent[]> {
  const [first] = next
  if (!first) return []
  const from = Date.parse(now.at ?? first.at)
  const gap = Date.parse(first.at) - from
  const isIdle = gap > idleMs * now.speed
  const until = isIdle ? Date.parse(first.at) : from + tickMs * now.speed
  const due = next.filter((event) => Date.parse(event.at) <= until)
  for (const event of due) liveStore.apply(event)
  const seq = due.at(-1)?.seq ?? now.seq
  if (due.some((event) => event.type.startsWith('workspace.'))) {
    const { list } = await client.past.at.query({ orgId, moment: { seq } })
    if (!isWanted()) return []
    queryClient.setQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey, list)
  }
  if (shown.phase !== 'past') return []
  become({ ...shown, seq, at: new Date(until).toISOString(), skipped: isIdle ? gap : 0 })
  return next.slice(due.length)
}

/** The present, exactly: read anew, with what happened while it was read. */
export async function backToLive(orgId: OrgId): Promise<void> {
  if (shown.phase !== 'past') return
  const before = shown
  takeKept()
  become({ phase: 'returning' })
  const isWanted = takeTicket()
  try {
    const [list, work] = await Promise.all([
      client.workspaces.list.query({ orgId }),
      client.delegations.active.query({ orgId }),
    ])
    if (!isWanted()) return
    queryClient.setQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey, list)
    liveStore.load(orgId, work)
  } catch (error) {
    if (!isWanted()) return
    // Nothing plays on: its timer ended when the way back began.
    become({ ...before, isPlaying: false })
    throw error
  }
  become({ phase: 'live' })
  for (const event of takeKept()) {
    liveStore.apply(event)
    followWorkspaces(event)
  }
}

/** Good until something else is asked for or the org is left: what is answered then belongs nowhere any more. */
function takeTicket(): () => boolean {
  const mine = ++seeks
  return () => mine === seeks
}

function show(orgId: OrgId, { list, work }: PastView): void {
  queryClient.setQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey, list)
  liveStore.load(orgId, work)
}
