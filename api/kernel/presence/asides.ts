import type { Aside, Here } from '#shared/drafts/asides.ts'
import { OrgId } from '#shared/kernel/ids.ts'
import { openLastingClient } from '../events/lasting-client.ts'
import type { Db } from '../pool.ts'
import { createRegister } from './register.ts'

export type Asides = {
  /** What travels beside the org's events, as bytes of its stream: who is here now, then each aside as it comes. */
  follow(orgId: OrgId, hear: (bytes: Buffer) => void, signal: AbortSignal): void
  stop(): Promise<void>
}

const channel = 'delegraph_asides'
/** NOTIFY takes 7,999 bytes. */
const mostBytes = 7_800
/** Who was not heard of for so long is not here any more. */
const goneAfterMs = 15_000
const lookEveryMs = 1_000
/** While the database does not answer. */
const mostWaiting = 1_000

const tellers = new WeakMap<Db, (orgId: OrgId, aside: Aside) => void>()

/** Tells all nodes, after the commit. It may be lost; an update too long to travel is left out, and read instead. */
export function tellAside(db: Db, orgId: OrgId, aside: Aside): void {
  tellers.get(db)?.(orgId, aside)
}

/** Carries asides from the node that is told one to all who listen, whatever node they are at: as NOTIFY, never through a table. */
export function openAsides(db: Db, connectionString: string): Asides {
  const listeners = new Map<OrgId, Set<(bytes: Buffer) => void>>()
  const register = createRegister(goneAfterMs)

  const pass = (orgId: OrgId, aside: Aside) => {
    const here = listeners.get(orgId)
    if (!here) return
    const bytes = toBytes(aside)
    for (const listener of here) listener(bytes)
  }

  const hear = (payload: string) => {
    const told = readPayload(payload)
    if (!told) return
    const [orgId, aside] = told
    if (aside.kind === 'here') register.hear(orgId, aside.here, Date.now())
    if (aside.kind === 'gone') register.forget(orgId, aside.id)
    pass(orgId, aside)
  }

  const client = openLastingClient(connectionString, async (connected) => {
    connected.on('notification', ({ payload }) => hear(payload ?? ''))
    await connected.query(`listen ${channel}`)
  })
  const timer = setInterval(() => {
    for (const { orgId, id } of register.takeExpired(Date.now())) pass(orgId, { kind: 'gone', id })
  }, lookEveryMs).unref()

  let waiting: string[] = []
  let isSending = false
  /** The first at once; what comes while it is on its way goes together after it. */
  const send = async () => {
    isSending = true
    while (waiting.length > 0) {
      const payloads = waiting
      waiting = []
      await client
        .current()
        ?.query('select pg_notify($1, one) from unnest($2::text[]) one', [channel, payloads])
        .catch(() => {})
    }
    isSending = false
  }
  tellers.set(db, (orgId, aside) => {
    if (waiting.length < mostWaiting) waiting.push(fitting(orgId, aside))
    if (!isSending) void send()
  })

  return {
    follow(orgId, listener, signal) {
      const all = listeners.get(orgId) ?? new Set()
      listeners.set(orgId, all.add(listener))
      listener(toBytes({ kind: 'present', all: register.of(orgId, Date.now()) }))
      signal.addEventListener('abort', () => {
        all.delete(listener)
        if (all.size === 0 && listeners.get(orgId) === all) listeners.delete(orgId)
      })
    },
    async stop() {
      tellers.delete(db)
      clearInterval(timer)
      await client.stop()
    },
  }
}

function fitting(orgId: OrgId, aside: Aside): string {
  const whole = JSON.stringify([orgId, aside])
  if (Buffer.byteLength(whole) <= mostBytes || aside.kind !== 'draft') return whole
  return JSON.stringify([orgId, { ...aside, update: null }])
}

/** Only nodes of ours may say something on this channel; what another version says otherwise is passed over. */
function readPayload(payload: string): [OrgId, Aside] | undefined {
  try {
    const [org, aside]: [unknown, Aside] = JSON.parse(payload)
    const orgId = OrgId.safeParse(org)
    return orgId.success && isKnown(aside) ? [orgId.data, aside] : undefined
  } catch {
    return undefined
  }
}

function isKnown(aside: Aside | { kind: 'here'; here?: Here }): boolean {
  return aside.kind === 'here' ? typeof aside.here?.id === 'string' : aside.kind === 'draft' || aside.kind === 'gone'
}

/** Without an id: where the listener stands in the log stays as it is. */
function toBytes(aside: Aside): Buffer {
  return Buffer.from(`event: aside\ndata: ${JSON.stringify(aside)}\n\n`)
}
