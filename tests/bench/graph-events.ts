import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OrgEvent } from '#shared/org-event.ts'

/** What a server tells of an org that is busy. */
const perSecond = 400
const tickMs = 10

/** Ids of the bench's page; an org's id says how many workspaces it has, each with six below it. */
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
const parentOf = (index: number) => (index === 0 ? null : idOf(Math.floor((index - 1) / 6)))

type Stream = { tell: (workspace: number) => void; feed: () => void }

/**
 * The events of an org over HTTP, framed as the server frames them: `GET /events/ORG` listens, `POST /feed/ORG` lets random
 * workspaces change their state from now on, `POST /change/ORG/N` one of them once.
 */
export function graphEvents() {
  const streams = new Map<string, Set<Stream>>()

  return function answer(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const [, verb, orgId, workspace] = /^\/(events|feed|change)\/([\w-]+)(?:\/(\d+))?/.exec(request.url ?? '') ?? []
    if (verb === undefined || orgId === undefined) {
      next()
      return
    }
    const open = streams.get(orgId) ?? new Set<Stream>()
    streams.set(orgId, open)
    if (verb === 'events') {
      const stream = openStream(orgId, request, response)
      open.add(stream)
      request.on('close', () => open.delete(stream))
      return
    }
    for (const stream of open) {
      if (verb === 'feed') stream.feed()
      else stream.tell(Number(workspace))
    }
    response.writeHead(204).end()
  }
}

function openStream(orgId: string, request: IncomingMessage, response: ServerResponse): Stream {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('event: beat\ndata: 15000\n\n')
  const phases = new Map<number, number>()
  let seq = 0

  function frameOf(workspace: number): string {
    const phase = phases.get(workspace) ?? 0
    phases.set(workspace, (phase + 1) % lives.length)
    seq += 1
    const { type, more } = lives[phase] ?? lives[0]
    const of = { workspaceId: idOf(workspace), fromWorkspaceId: parentOf(workspace) }
    const event = {
      ...{ id: idOf(1), orgId, seq, version: 1, at: new Date().toISOString() },
      ...{ actor: { kind: 'system', id: 'bench' }, chain: { id: idOf(1), depth: 0 } },
      ...{ type, payload: { delegationId: idOf(10_000 + workspace), ...of, ...more } },
    }
    return `id: ${seq}\nevent: org\ndata: ${JSON.stringify(event)}\n\n`
  }

  function feed(): void {
    const cards = Number(orgId.slice(-12))
    const began = performance.now()
    let told = 0
    const timer = setInterval(() => {
      const due = Math.floor(((performance.now() - began) / 1_000) * perSecond)
      let frames = ''
      for (; told < due; told += 1) frames += frameOf(pseudoRandom(told) % cards)
      if (frames) response.write(frames)
    }, tickMs)
    request.on('close', () => clearInterval(timer))
  }

  return { tell: (workspace) => response.write(frameOf(workspace)), feed }
}

const lives = [
  { type: 'delegation.queued', more: { parentId: null, rootId: idOf(1), priority: 'normal' } },
  { type: 'delegation.started', more: {} },
  { type: 'delegation.waiting', more: { waitingFor: 'approval' } },
  { type: 'delegation.resumed', more: {} },
  { type: 'delegation.completed', more: { cost: 100 } },
] as const satisfies readonly { type: OrgEvent['type']; more: object }[]

/** The same changes in every run. */
function pseudoRandom(seed: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 2654435761) >>> 8
}
