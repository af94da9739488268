import type { Chance } from '../chaos/chance.ts'
import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'
import { type Act, acts, type Hand } from './acts.ts'
import { openOrg } from './open-org.ts'
import type { Typed } from './typed.ts'

export type Monkey = ReturnType<typeof openMonkey>

type MonkeyParts = { name: string; ide: Ide; org: Org; chance: Chance; note: (words: string) => void }

/** One browser that is used at random. An act that is not possible just now is passed over. */
export function openMonkey({ name, ide, org, chance, note }: MonkeyParts) {
  const texts: Typed[] = []
  const done = new Map<string, { done: number; skipped: number }>()
  const hand: Hand = { name, ide, org, chance, texts, nextText: () => `${name}-${texts.length + 1}` }

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
      note(`${name} could not ${act.name}: ${firstLine(error)}`)
      await closeWhatIsOpen(ide)
    }
  }

  /** Closes what is open, waits for the connection, and gives what stands in the way of a page at rest. */
  async function comeToRest(): Promise<string[]> {
    await closeWhatIsOpen(ide)
    if (!(await backToGraph(ide, org))) {
      const words = (
        await ide.page
          .locator('body')
          .innerText({ timeout: 2_000 })
          .catch(() => '')
      ).slice(0, 300)
      return [`${name}'s page does not come back to the graph; it shows: ${words.replaceAll('\n', ' ')}`]
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

  return { name, ide, texts, acts: done, playUntil, comeToRest }
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

/** From the audit, from a dock that takes the whole page: without a reload where that goes. */
async function backToGraph(ide: Ide, org: Org): Promise<boolean> {
  const { page, graph } = ide
  const fit = graph.getByRole('button', { name: 'Fit the whole org' })
  if (await fit.isVisible()) return true
  await page
    .getByRole('button', { name: 'Graph', exact: true })
    .first()
    .click({ timeout: 3_000 })
    .catch(() => {})
  await page.keyboard.press('ControlOrMeta+Backslash').catch(() => {})
  const isBack = () =>
    fit.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
  if (await isBack()) return true
  await openOrg(ide, org).catch(() => {})
  return await isBack()
}

async function closeWhatIsOpen({ page }: Ide): Promise<void> {
  await page.mouse.up().catch(() => {})
  for (let time = 0; time < 3; time++) await page.keyboard.press('Escape').catch(() => {})
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? ''
}
