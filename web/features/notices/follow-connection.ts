import type { OrgId } from '#shared/kernel/ids.ts'
import type { StreamState } from '../../kernel/live.ts'
import { noticeHere } from '../../kernel/noticed.ts'

/** A restart of the server or a tunnel is no news; only this long without it is. */
const patienceMs = 3_000

let timer: ReturnType<typeof setTimeout> | undefined
let isTold = false

/** Tells that the connection is lost once it stays so, and that it is back; a short gap is not told. */
export function followConnection(orgId: OrgId, state: StreamState): void {
  if (state === 'offline') {
    if (isTold || timer !== undefined) return
    timer = setTimeout(() => tellLost(orgId), patienceMs)
    return
  }
  if (state === 'connecting') return
  clearTimeout(timer)
  timer = undefined
  if (state === 'live' && isTold) tellBack(orgId)
}

/** Nobody listens any more: what becomes of the connection concerns nobody here. */
export function forgetConnection(): void {
  clearTimeout(timer)
  timer = undefined
  isTold = false
}

function tellLost(orgId: OrgId): void {
  timer = undefined
  isTold = true
  noticeHere({
    id: 'connection',
    orgId,
    kind: 'connection',
    tone: 'waiting',
    title: 'The server does not answer. What you type is kept here, and it is tried again by itself.',
  })
}

function tellBack(orgId: OrgId): void {
  isTold = false
  noticeHere({
    id: 'connection',
    orgId,
    kind: 'connection',
    tone: 'completed',
    title: 'The server is back. Everything since is on the screen.',
  })
}
