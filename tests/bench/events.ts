import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import type { OrgContext } from '#api/kernel/actor.ts'
import { openDatabase } from '#api/kernel/database.ts'
import { inTransaction } from '#api/kernel/db.ts'
import { openLiveDb } from '#api/kernel/events/live-db.ts'
import { readHeads } from '#api/kernel/events/log.ts'
import { sql } from '#api/kernel/sql.ts'
import { uuidv7 } from '#api/kernel/uuid.ts'
import { DelegationId, OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgFact } from '#shared/org-event.ts'
import { browserFlags, findBrowser } from '../support/find-browser.ts'
import type { Bench } from './bench.ts'
import { root, run, startServer, stopServer } from './server-process.ts'
import { percentile } from './statistics.ts'

const teams = 9
const perTeam = 10
const agents = 1 + teams * (1 + perTeam)
const perSecond = 10
const seconds = 10
const pollMs = 1_000
const orgName = 'Events bench'

/** One event as it was committed: which card must show which activity, from when on (milliseconds since the epoch). */
type Committed = { workspaceId: string; activity: string; at: number }
/** One change of a card, at the animation frame that paints it. */
type Seen = { workspaceId: string; activity: string; at: number }

/**
 * From commit to pixel: a hundred agents tell ten events a second each, every event in a transaction of its own, and a real
 * browser shows them. Compared with reading the log every second, in the same run.
 */
export async function runEventsBench(): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'delegraph-events-'))
  const dataDir = join(dir, 'data')
  const server = await startServer(dataDir)
  const browser = await chromium.launch({ executablePath: findBrowser(), args: browserFlags })
  try {
    await writeTemplate(join(dir, 'org.yaml'))
    await run(process.execPath, [join(root, 'api/cli/main.ts'), 'import', dir, '--data-dir', dataDir], root)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(server.signInUrl)
    await page.waitForURL(/\/o\//)
    const orgId = await openOrg(page)
    await page
      .locator('[data-workspace-id]')
      .nth(agents - 1)
      .waitFor({ state: 'attached' })
    await watchCards(page)
    return await measure(page, dataDir, orgId)
  } finally {
    await browser.close()
    await stopServer(server)
    await rm(dir, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function measure(page: Page, dataDir: string, orgId: OrgId): Promise<Bench> {
  const database = await openDatabase({ dataDir })
  const live = openLiveDb(database.appUrl, (error) => console.error(error))
  try {
    const context: OrgContext = { db: live.db, orgId, actor: { kind: 'system', name: 'bench' } }
    const ids = await page.$$eval('[data-workspace-id]', (cards) =>
      cards.map((card) => card.getAttribute('data-workspace-id')),
    )
    const before = await headOf(context)
    const poll = pollLog(context, before)
    const committed = (await Promise.all(ids.map((id, index) => tell(context, `${id}`, index)))).flat()
    await waitForLast(page, committed)
    const polled = await poll.stop()
    const seen: Seen[] = await page.evaluate('window.seenActivities')
    const lags = committed.map((event) => lagOf(event, committed, seen))
    const shown = lags.filter((lag) => lag !== undefined)
    const told = (await headOf(context)) - before
    await page
      .waitForFunction(`window.receivedEvents >= ${told}`, undefined, { timeout: 10_000 })
      .catch(() => undefined)
    const received: number = await page.evaluate('window.receivedEvents')
    return {
      figures: {
        commitToPixelP50Ms: percentile(shown, 0.5),
        commitToPixelP99Ms: percentile(shown, 0.99),
        lost: told - received,
        events: committed.length,
        neverShown: lags.length - shown.length,
      },
      baseline: { pollEverySecondP50Ms: percentile(polled, 0.5), pollEverySecondP99Ms: percentile(polled, 0.99) },
    }
  } finally {
    await live.stop()
    await database.stop()
  }
}

async function writeTemplate(file: string): Promise<void> {
  const lines = [`name: ${orgName}`, 'workspaces:', '  - name: Head', '    children:']
  for (let team = 1; team <= teams; team++) {
    lines.push(`      - name: Team ${team}`, '        children:')
    for (let agent = 1; agent <= perTeam; agent++) lines.push(`          - name: Agent ${team}-${agent}`)
  }
  await writeFile(file, `${lines.join('\n')}\n`)
}

async function openOrg(page: Page): Promise<OrgId> {
  const list = await page.evaluate(async () => {
    const answer = await fetch('/api/trpc/orgs.list')
    const body: { result: { data: { id: string; name: string }[] } } = await answer.json()
    return body.result.data
  })
  const id = OrgId.parse(list.find(({ name }) => name === orgName)?.id)
  await page.goto(new URL(`/o/${id}`, page.url()).href)
  return id
}

/** Notes each card's activity at the frame that paints it, and counts the events of a stream of its own. */
async function watchCards(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const seen: Seen[] = []
    const now = () => performance.timeOrigin + performance.now()
    const observer = new MutationObserver((changes) => {
      requestAnimationFrame(() => {
        const at = now()
        for (const { target } of changes) {
          if (!(target instanceof HTMLElement)) continue
          const { workspaceId = '', activity = '' } = target.dataset
          seen.push({ workspaceId, activity, at })
        }
      })
    })
    observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-activity'] })
    const orgId = location.pathname.split('/')[2]
    const head = await fetch(`/api/trpc/workspaces.list?input=${encodeURIComponent(JSON.stringify({ orgId }))}`)
    const { result }: { result: { data: { seq: number } } } = await head.json()
    const received = new Set<string>()
    const counter = { receivedEvents: 0 }
    const source = new EventSource(`/events/${orgId}?after=${result.data.seq}`)
    source.addEventListener('org', ({ lastEventId }) => {
      received.add(lastEventId)
      counter.receivedEvents = received.size
      Object.assign(window, counter)
    })
    Object.assign(window, counter, { seenActivities: seen })
    await new Promise((resolve) => source.addEventListener('open', resolve, { once: true }))
  })
}

/** Five that follow each other, so that a late frame is never taken for the paint of a later event. */
const turns = ['child', 'approval', 'input', 'budget', 'retry'] as const

/** One agent at work: ten state changes a second, each committed by itself. */
async function tell(context: OrgContext, id: string, index: number): Promise<Committed[]> {
  const workspaceId = WorkspaceId.parse(id)
  const delegationId = DelegationId.parse(uuidv7())
  const of = { delegationId, workspaceId, fromWorkspaceId: null }
  const commit = (fact: OrgFact) => inTransaction(context, async (tx) => tx.tell(fact))
  await commit({
    type: 'delegation.queued',
    payload: { ...of, parentId: null, rootId: delegationId, priority: 'normal' },
  })
  await commit({ type: 'delegation.started', payload: of })
  await pause(500 + (index * 1_000) / perSecond / agents)
  const committed: Committed[] = []
  const began = performance.now()
  for (let turn = 0; turn < perSecond * seconds; turn++) {
    await pause(Math.max(0, began + (turn * 1_000) / perSecond - performance.now()))
    const waitingFor = turns[turn % turns.length] ?? 'child'
    const fact: OrgFact = { type: 'delegation.waiting', payload: { ...of, waitingFor } }
    await commit(fact)
    committed.push({ workspaceId, activity: `waiting-${waitingFor}`, at: performance.timeOrigin + performance.now() })
  }
  return committed
}

/** Until the first frame that shows this event or a later one of the same card. */
function lagOf(event: Committed, all: readonly Committed[], seen: readonly Seen[]): number | undefined {
  const later = all.filter(({ workspaceId, at }) => workspaceId === event.workspaceId && at > event.at)
  const until = later[1]?.at ?? Number.POSITIVE_INFINITY
  const expected = new Set([event.activity, later[0]?.activity])
  const frame = seen.find(
    ({ workspaceId, activity, at }) =>
      workspaceId === event.workspaceId && at > event.at - 20 && (at > until || expected.has(activity)),
  )
  return frame && Math.max(0, frame.at - event.at)
}

async function waitForLast(page: Page, committed: readonly Committed[]): Promise<void> {
  const last = new Map(committed.map(({ workspaceId, activity }) => [workspaceId, activity]))
  await page.waitForFunction(
    (wanted) =>
      wanted.every(([id, activity]) => {
        const card = document.querySelector<HTMLElement>(`[data-workspace-id="${id}"]`)
        return card?.dataset.activity === activity
      }),
    [...last],
    { timeout: 15_000 },
  )
}

async function headOf({ db, orgId }: OrgContext): Promise<number> {
  return (await readHeads(db, [orgId])).get(orgId) ?? 0
}

/** The naive way: ask for the head of the log every second. Gives how long after its commit each event was found. */
function pollLog(context: OrgContext, from: number) {
  const life = new AbortController()
  const lags: number[] = []
  const reading = (async () => {
    let cursor = from
    while (!life.signal.aborted) {
      await pause(pollMs, undefined, { signal: life.signal }).catch(() => undefined)
      const rows = await inTransaction(context, (tx) =>
        tx.rows<{ seq: string; at: Date }>(
          sql`select seq, at from events where org_id = ${tx.orgId} and seq > ${cursor} order by seq`,
        ),
      )
      cursor = Number(rows.at(-1)?.seq ?? cursor)
      for (const { at } of rows) lags.push(Date.now() - at.getTime())
    }
  })()
  return {
    stop: async () => {
      life.abort()
      await reading
      return lags
    },
  }
}
