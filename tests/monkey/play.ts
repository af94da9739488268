import { chromium, type Page } from '@playwright/test'
import { chanceOf } from '../chaos/chance.ts'
import { browserFlags, findBrowser } from '../support/find-browser.ts'
import { openIde } from '../support/ide.ts'
import { type Server, startServer } from '../support/server.ts'
import { withTemplate } from '../support/template.ts'
import { findOrg, signIn } from '../support/test.ts'
import { compareCharts } from './compare-charts.ts'
import { openDiary } from './diary.ts'
import { findLostTexts } from './find-lost-texts.ts'
import { type Monkey, openMonkey } from './monkey.ts'
import { monkeyTeam } from './monkey-team.ts'
import { openOrg } from './open-org.ts'
import { type Downtime, listenForFaults } from './page-faults.ts'

export type Played = {
  seed: number
  minutes: number
  seconds: number
  acts: Readonly<Record<string, { done: number; skipped: number }>>
  kills: number
  texts: { typed: number; saved: number }
  /** What the server refused in words, by status: an answer, no fault. */
  refusals: Readonly<Record<string, number>>
  findings: readonly string[]
  /** What was done last, newest last; all of it is in the file. */
  last: readonly string[]
  diary: string
}

type Play = { seed: number; minutes: number; onAct: (words: string) => void }

/**
 * Two browsers use one org at random while the server is killed twice. What each does follows from the seed alone; what comes
 * of it depends on time too. Ends by itself, and ends what it started.
 */
export async function playMonkey({ seed, minutes, onAct }: Play): Promise<Played> {
  const began = performance.now()
  const executablePath = findBrowser()
  const server = await startServer()
  const browser = await chromium.launch({ args: browserFlags, ...(executablePath && { executablePath }) })
  const downtime: Downtime = { isDown: false, endedAt: 0 }
  const diary = openDiary(`seed-${seed}`, onAct)
  const { note } = diary
  const picture = async (page: Page, what: string) => {
    const path = diary.pathOf(what)
    await page.screenshot({ path }).catch(() => {})
    return path
  }
  try {
    const contexts = await Promise.all(
      ['Ada', 'Bob'].map(() => browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } })),
    )
    const [first, second] = contexts
    if (!first || !second) throw new Error('Two browsers were asked for.')
    const firstPage = await first.newPage()
    await signIn(firstPage, server)
    await second.addCookies(await first.cookies())
    await withTemplate(monkeyTeam, (dir) => server.importTemplate(dir))
    const org = await findOrg(firstPage.request, 'Monkey house')
    const pages = [firstPage, await second.newPage()]
    const monkeys: Monkey[] = []
    const listeners: ReturnType<typeof listenForFaults>[] = []
    for (const [index, page] of pages.entries()) {
      const name = index === 0 ? 'Ada' : 'Bob'
      listeners.push(listenForFaults(page, name, downtime))
      const ide = openIde(page)
      await openOrg(ide, org)
      monkeys.push(openMonkey({ name, ide, org, chance: chanceOf(seed * 2 + index), note, picture }))
    }

    const until = performance.now() + minutes * 60_000
    let kills = 0
    const killing = killTwice(server, { seed, until, downtime, note }).then((count) => {
      kills = count
    })
    await Promise.all([...monkeys.map((monkey) => monkey.playUntil(until)), killing])

    note('comes to rest')
    const findings = [...listeners, ...monkeys].flatMap((told) => ('faults' in told ? told.faults : told.findings))
    for (const monkey of monkeys) {
      const hindrances = await monkey.comeToRest()
      findings.push(...hindrances)
      // A page that shows no graph was told of already.
      if (hindrances.length === 0) findings.push(...(await compareCharts(monkey, org)))
    }
    const written = monkeys.flatMap(({ texts }) => texts)
    findings.push(...(await findLostTexts({ server, written, contexts })))
    findings.push(...listeners.flatMap(({ faults }) => faults).filter((fault) => !findings.includes(fault)))
    for (const finding of findings) note(`finding: ${finding}`)
    return {
      ...{ seed, minutes, kills, findings, last: diary.last(40), diary: diary.path },
      seconds: (performance.now() - began) / 1000,
      acts: sumOf(monkeys.map(({ acts }) => acts)),
      texts: { typed: written.length, saved: written.filter(({ wasSaved }) => wasSaved).length },
      refusals: sumRefusals(listeners.map(({ refusals }) => refusals)),
    }
  } finally {
    await browser.close()
    await server.stop()
    diary.end()
  }
}

type Killing = { seed: number; until: number; downtime: Downtime; note: (words: string) => void }

/** At a third and at two thirds of the time, as a power cut would; each time it stays away for a moment. */
async function killTwice(server: Server, { seed, until, downtime, note }: Killing): Promise<number> {
  const chance = chanceOf(seed + 7)
  const start = performance.now()
  for (const part of [1 / 3, 2 / 3]) {
    await untilTime(start + (until - start) * part)
    downtime.isDown = true
    await server.kill()
    note('the server is killed')
    await untilTime(performance.now() + chance.between(300, 3_000))
    await server.restart()
    downtime.isDown = false
    downtime.endedAt = performance.now()
    note('the server is back')
  }
  return 2
}

function untilTime(at: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))
}

function sumOf(all: readonly ReadonlyMap<string, { done: number; skipped: number }>[]): Played['acts'] {
  const sum: Record<string, { done: number; skipped: number }> = {}
  for (const acts of all) {
    for (const [name, { done, skipped }] of acts) {
      const known = sum[name] ?? { done: 0, skipped: 0 }
      sum[name] = { done: known.done + done, skipped: known.skipped + skipped }
    }
  }
  return sum
}

function sumRefusals(all: readonly ReadonlyMap<number, number>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const refusals of all) for (const [status, count] of refusals) sum[status] = (sum[status] ?? 0) + count
  return sum
}
