import { stripVTControlCharacters } from 'node:util'
import type { Page } from '@playwright/test'
import type { Chance } from '../chaos/chance.ts'
import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'
import { type Act, acts, type Hand } from './acts.ts'
import { backToGraph } from './back-to-graph.ts'
import { openOrg } from './open-org.ts'
import { orgOf } from './org-of.ts'
import { stayHome } from './stay-home.ts'
import type { Typed } from './typed.ts'

export type Monkey = ReturnType<typeof openMonkey>

type MonkeyParts = {
  name: string
  ide: Ide
  org: Org
  chance: Chance
  note: (words: string) => void
  /** Keeps what the page shows beside the diary. */
  picture: (page: Page, what: string) => Promise<string>
}

/** One browser that is used at random. An act that is not possible just now is passed over. */
export function openMonkey({ name, ide, org, chance, note, picture }: MonkeyParts) {
  const texts: Typed[] = []
  const done = new Map<string, { done: number; skipped: number }>()
  let written = 0
  const nextText = () => `${name}-${++written}`
  const hand: Hand = { name, ide, org, chance, texts, nextText, orgNow: () => orgOf(ide.page.url()) }
  const home = stayHome({ name, ide, org, note })

  async function playUntil(until: number): Promise<void> {
    while (performance.now() < until) await play(chooseAct(chance))
  }

  async function play(act: Act): Promise<void> {
    const counted = done.get(act.name) ?? { done: 0, skipped: 0 }
    done.set(act.name, counted)
    try {
      const what = await act.perform(hand)
      counted.done += 1
      note(`${name} ${act.name}${what ? `: ${what}` : ''}`)
    } catch (error) {
      counted.skipped += 1
      note(`${name} could not ${act.name}: ${whyNot(error)}${await whatIsOpen(ide)}`)
      await closeWhatIsOpen(ide)
      // Whoever finds no card looks for the graph, as long as there is one to be found.
      if (!(await isGraphShown()))
        note(`${name} ${(await backToGraph(ide)) ? 'went' : 'found no way'} back to the graph`)
    }
    await home.after(act)
  }

  function isGraphShown(): Promise<boolean> {
    return ide.graph.getByRole('button', { name: 'Fit the whole org' }).isVisible()
  }

  /** Closes what is open, waits for the connection, and gives what stands in the way of a page at rest. */
  async function comeToRest(): Promise<string[]> {
    await closeWhatIsOpen(ide)
    if (!(await backToGraph(ide)) && !(await reopened())) {
      const path = await picture(ide.page, `${name}-not-back`)
      return [`${name}'s page does not come back to the graph${await whatIsOpen(ide)}; see ${path}.`]
    }
    const connection = ide.page.getByRole('status', { name: 'Connection' })
    try {
      await connection.filter({ hasText: /^Live$/ }).waitFor({ timeout: 30_000 })
      return []
    } catch {
      const says = await connection.textContent({ timeout: 1_000 }).catch(() => 'nothing')
      return [`${name}'s page says ${says} instead of Live after half a minute of rest.`]
    }
  }

  /** By a fresh start, for a page that no key or button brings back to the graph. */
  async function reopened(): Promise<boolean> {
    await openOrg(ide, org).catch(() => {})
    return await backToGraph(ide)
  }

  return { name, ide, texts, findings: home.findings, acts: done, playUntil, comeToRest }
}

function chooseAct(chance: Chance): Act {
  const total = acts.reduce((sum, { weight }) => sum + weight, 0)
  let left = chance.draw() * total
  for (const act of acts) {
    left -= act.weight
    if (left < 0) return act
  }
  return acts[0]
}

/** The dialogs that are on the page and what has the focus, for whoever reads the diary. */
async function whatIsOpen({ page }: Ide): Promise<string> {
  const seen = await page
    .evaluate(() => {
      const open = [...document.querySelectorAll('[role="dialog"], [role="alertdialog"], [role="menu"]')]
      const focused = document.activeElement
      const words = open.map((one) => (one.textContent ?? '').slice(0, 60))
      return `${words.length > 0 ? `; open: ${words.join(' | ')}` : ''}; focus: ${focused?.tagName} ${focused?.getAttribute('aria-label') ?? ''}`
    })
    .catch(() => '; the page does not answer')
  return seen
}

async function closeWhatIsOpen({ page }: Ide): Promise<void> {
  await page.mouse.up().catch(() => {})
  for (let time = 0; time < 3; time++) await page.keyboard.press('Escape').catch(() => {})
}

/** What was awaited, and what stood in the way at the end. */
function whyNot(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  const told = stripVTControlCharacters(words)
    .split('\n')
    .map((line) => line.trim())
  const waited = told.find((line) => line.startsWith('- waiting for'))
  const hindrance = told.findLast((line) =>
    /intercepts pointer events|is not (visible|enabled|stable)|outside/.test(line),
  )
  return [told[0], waited, hindrance].flatMap((line) => line?.slice(0, 200) ?? []).join(' ')
}
