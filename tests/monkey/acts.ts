import type { Locator } from '@playwright/test'
import type { Chance } from '../chaos/chance.ts'
import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'
import type { Typed } from './typed.ts'

export type Hand = {
  name: string
  ide: Ide
  org: Org
  chance: Chance
  texts: Typed[]
  /** A word that is typed only once in the whole play. */
  nextText: () => string
  /** The org whose page is open; none on pages outside of all. */
  orgNow: () => string | undefined
}

export type Act = {
  name: string
  weight: number
  /** By it a person may end up in another organisation, on purpose; by any other act nobody does. */
  leadsElsewhere?: true
  /** Gives what it did, in words. Throws where it is not possible just now. */
  perform: (hand: Hand) => Promise<string | undefined>
}

/** As long as anything may take before it counts as not possible now; the server may be away. */
const patience = { timeout: 8_000 }
const mostCards = 20

const select: Act = {
  name: 'select a card',
  weight: 5,
  perform: async ({ ide, chance }) => {
    const { name, card } = await anyCard(ide, chance)
    await card.click(patience)
    return name
  },
}

const dragAway: Act = {
  name: 'drag a card',
  weight: 8,
  perform: async ({ ide, chance }) => {
    const { name, card } = await anyCard(ide, chance)
    const from = await middleOf(card)
    await dragTo(ide, from, { x: from.x + chance.between(-260, 260), y: from.y + chance.between(-200, 200) })
    await answerDialog(ide, chance)
    return name
  },
}

const dragOnto: Act = {
  name: 'drag a card onto another',
  weight: 6,
  perform: async ({ ide, chance }) => {
    const [one, other] = [await anyCard(ide, chance), await anyCard(ide, chance)]
    if (one.name === other.name) throw new Error('one card only')
    await dragTo(ide, await middleOf(one.card), await middleOf(other.card))
    await answerDialog(ide, chance)
    return `${one.name} onto ${other.name}`
  },
}

const create: Act = {
  name: 'create a workspace',
  weight: 2,
  perform: async ({ ide, name, chance }) => {
    if ((await ide.graph.locator('[data-workspace-id]').count()) >= mostCards) throw new Error('there are enough')
    const called = `${name} ${chance.between(100, 999)}`
    await ide.graph.getByRole('button', { name: 'New workspace' }).click(patience)
    await ide.dialog.getByRole('textbox', { name: 'Name' }).fill(called, patience)
    await ide.dialog.getByRole('button', { name: 'Create workspace' }).click(patience)
    await ide.dialog.waitFor({ state: 'hidden', ...patience })
    return called
  },
}

const rename: Act = {
  name: 'rename a workspace',
  weight: 2,
  perform: async ({ ide, chance, name }) => {
    const { name: called, card } = await anyCard(ide, chance)
    await chooseFrom(ide, card, /^Rename/)
    const next = `${called.split(' ')[0]} ${name[0]}${chance.between(10, 99)}`
    await ide.dialog.getByRole('textbox', { name: 'Name' }).fill(next, patience)
    await ide.dialog.getByRole('button', { name: 'Rename' }).click(patience)
    await ide.dialog.waitFor({ state: 'hidden', ...patience })
    return `${called} to ${next}`
  },
}

const remove: Act = {
  name: 'delete a workspace',
  weight: 1,
  perform: async ({ ide, chance }) => {
    if ((await ide.graph.locator('[data-workspace-id]').count()) < 6) throw new Error('there are few')
    const { name, card } = await anyCard(ide, chance)
    await chooseFrom(ide, card, /^Delete/)
    await ide.page
      .getByRole('dialog')
      .or(ide.page.getByRole('alertdialog'))
      .getByRole('button', { name: /^Delete/ })
      .last()
      .click(patience)
    await ide.dialog.waitFor({ state: 'hidden', ...patience })
    return name
  },
}

const type: Act = {
  name: 'type into a prompt',
  weight: 12,
  perform: async (hand) => {
    const { ide, chance } = hand
    const at = await openPromptOf(hand)
    const words = hand.nextText()
    const orgId = hand.orgNow()
    if (!orgId) throw new Error('the page is outside of every organisation')
    const typed: Typed = { ...at, orgId, words, wasSaved: false, by: hand.name }
    await typeAtEnd(ide, `\nSaid by ${words}.`)
    // Only what the page took in can be lost.
    await ide.text.filter({ hasText: words }).waitFor(patience)
    hand.texts.push(typed)
    if (chance.draw() < 0.6) {
      await ide.save()
      await ide.saved.filter({ hasText: /^Saved$/ }).waitFor(patience)
      typed.wasSaved = true
    }
    return `${words} in ${at.workspace}${typed.wasSaved ? ', saved' : ''}`
  },
}

const reload: Act = {
  name: 'reload the page',
  weight: 2,
  perform: async ({ ide, org }) => {
    await ide.page.reload({ waitUntil: 'domcontentloaded', timeout: 10_000 }).catch(() => {})
    const isThere = () =>
      ide.page
        .getByRole('status', { name: 'Connection' })
        .waitFor({ timeout: 10_000 })
        .then(
          () => true,
          () => false,
        )
    // The server may be away: whoever reloads then tries again until it is back.
    for (let time = 0; time < 8; time++) {
      if (await isThere()) return time === 0 ? undefined : `at the ${time + 1}. time`
      await ide.page.goto(org.path, { waitUntil: 'domcontentloaded', timeout: 10_000 }).catch(() => {})
    }
    throw new Error('no page came')
  },
}

const undo: Act = {
  name: 'undo',
  weight: 4,
  perform: async ({ ide }) => {
    // Undoing the import would leave a house without rooms, and nothing to do for the rest of the time.
    return await pressNow(ide.graph.getByRole('button', { name: /^Undo (?!import )/ }))
  },
}

const redo: Act = {
  name: 'redo',
  weight: 2,
  perform: async ({ ide }) => {
    return await pressNow(ide.graph.getByRole('button', { name: /^Redo / }))
  },
}

/** Words that a person would think about before choosing them. */
const notForMonkeys =
  /delete|discard|sign out|restore|erase|leave|remove|revoke|reset|load theirs|snapshot|export|print|undo import/i

const command: Act = {
  name: 'run a command',
  weight: 6,
  leadsElsewhere: true,
  perform: async ({ ide: { page }, chance }) => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('ControlOrMeta+k')
    const palette = page.getByRole('dialog').filter({ has: page.getByRole('combobox') })
    await palette.waitFor(patience)
    const options = palette.getByRole('option')
    const at = chance.between(0, Math.max(0, (await options.count()) - 1))
    const title = (await options.nth(at).innerText(patience)).split('\n')[0] ?? ''
    if (notForMonkeys.test(title)) {
      await page.keyboard.press('Escape')
      return `left ${title}`
    }
    // Which line it is by then may have changed: what is chosen is what was read.
    await options.filter({ hasText: title }).first().click(patience)
    await pause(page, 250)
    for (let time = 0; time < 3; time++) await page.keyboard.press('Escape')
    return title
  },
}

const keysOfMonkeys = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Tab',
  'Enter',
  'Escape',
  'Home',
  '+',
  '-',
  '1',
] as const

const pressKeys: Act = {
  name: 'press keys on the graph',
  weight: 5,
  perform: async ({ ide, chance }) => {
    const { card } = await anyCard(ide, chance)
    await card.focus(patience)
    const pressed = Array.from({ length: chance.between(1, 6) }, () => chance.pick(keysOfMonkeys))
    for (const key of pressed) await ide.page.keyboard.press(key)
    for (let time = 0; time < 2; time++) await ide.page.keyboard.press('Escape')
    return pressed.join(' ')
  },
}

const openTabs: Act = {
  name: 'open a tab',
  weight: 5,
  perform: async ({ ide: { page }, chance }) => {
    const tabs = page.getByRole('tab')
    const count = await tabs.count()
    if (count === 0) throw new Error('there is no tab')
    const tab = tabs.nth(chance.between(0, count - 1))
    const title = await tab.innerText(patience)
    await tab.click(patience)
    return title.replaceAll('\n', ' ')
  },
}

const zoom: Act = {
  name: 'zoom and pan',
  weight: 4,
  perform: async ({ ide, chance }) => {
    const box = await ide.graph.boundingBox(patience)
    if (!box) throw new Error('the graph is not shown')
    await ide.page.mouse.move(box.x + box.width * chance.draw(), box.y + box.height * chance.draw())
    await ide.page.mouse.wheel(chance.between(-200, 200), chance.between(-200, 200))
    if (chance.draw() < 0.5) await ide.graph.getByRole('button', { name: 'Fit the whole org' }).click(patience)
    return undefined
  },
}

const delegate: Act = {
  name: 'give work',
  weight: 2,
  perform: async ({ ide, chance, nextText }) => {
    const { name } = await anyCard(ide, chance)
    await ide.page.getByRole('button', { name: 'New delegation' }).first().click(patience)
    const dialog = ide.page.getByRole('dialog', { name: 'New delegation' })
    await dialog.getByRole('textbox', { name: 'Task' }).fill(`Look around ${nextText()}.`, patience)
    await dialog.getByLabel('Workspace').selectOption({ label: name }, patience)
    await dialog.getByRole('button', { name: 'Delegate' }).click(patience)
    await dialog.waitFor({ state: 'hidden', ...patience })
    return `to ${name}`
  },
}

export const acts: readonly [Act, ...Act[]] = [
  select,
  dragAway,
  dragOnto,
  create,
  rename,
  remove,
  type,
  reload,
  undo,
  redo,
  command,
  pressKeys,
  openTabs,
  zoom,
  delegate,
]

async function anyCard(ide: Ide, chance: Chance): Promise<{ name: string; id: string; card: Locator }> {
  let shown = await cardsInSight(ide)
  if (shown.length === 0) {
    await ide.graph.getByRole('button', { name: 'Fit the whole org' }).click(patience)
    await pause(ide.page, 300)
    shown = await cardsInSight(ide)
  }
  const sorted = shown.sort((a, b) => (a.id < b.id ? -1 : 1))
  const chosen = sorted[chance.between(0, Math.max(0, sorted.length - 1))]
  if (!chosen) throw new Error('no card is on the screen')
  return { ...chosen, card: ide.graph.locator(`[data-workspace-id="${chosen.id}"]`) }
}

/** Those whose middle can be pointed at: a view that was moved leaves others outside of it. */
async function cardsInSight(ide: Ide): Promise<{ id: string; name: string }[]> {
  const room = await ide.graph.boundingBox({ timeout: 1_000 }).catch(() => null)
  if (!room) return []
  return await ide.graph.locator('[data-workspace-id]').evaluateAll((found, { x, y, width, height }) => {
    return found.flatMap((card) => {
      const box = card.getBoundingClientRect()
      const [left, top] = [box.left + box.width / 2, box.top + box.height / 2]
      if (left < x || left > x + width || top < y || top > y + height) return []
      return [{ id: card.getAttribute('data-workspace-id') ?? '', name: card.getAttribute('aria-label') ?? '' }]
    })
  }, room)
}

/** Gives what it says. Nobody waits for something to undo: where there is nothing, there is nothing to press. */
async function pressNow(button: Locator): Promise<string> {
  if (!(await button.isVisible())) throw new Error('there is nothing')
  const label = (await button.getAttribute('aria-label', patience)) ?? ''
  await button.click(patience)
  return label
}

async function middleOf(card: Locator): Promise<{ x: number; y: number }> {
  const box = await card.boundingBox(patience)
  if (!box) throw new Error('the card is not on the screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function dragTo({ page }: Ide, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
}

/** A drop may ask first: mostly yes. */
async function answerDialog({ page, dialog }: Ide, chance: Chance): Promise<void> {
  await pause(page, 300)
  const isAgreed = chance.draw() < 0.7
  if (!(await dialog.isVisible())) return
  const confirm = dialog.getByRole('button', { name: /^(Move|Put|Make)/ }).last()
  if (isAgreed && (await confirm.isVisible())) await confirm.click(patience)
  else await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden', ...patience })
}

async function chooseFrom({ page }: Ide, card: Locator, entry: RegExp): Promise<void> {
  await card.click({ button: 'right', ...patience })
  await page.getByRole('menuitem', { name: entry }).first().click(patience)
}

async function openPromptOf({ ide, chance }: Hand): Promise<{ workspace: string; workspaceId: string }> {
  const { name, id, card } = await anyCard(ide, chance)
  await card.click(patience)
  await ide.page.waitForURL(new RegExp(`w=${id}`), patience)
  if (!(await ide.page.getByRole('tab', { name: /^Prompt/ }).isVisible())) {
    await ide.page.keyboard.press('ControlOrMeta+j')
  }
  await ide.page
    .getByRole('tab', { name: /^Prompt/ })
    .first()
    .click(patience)
  await ide.editor.getByRole('textbox', { name: /^Prompt of / }).waitFor({ state: 'attached', ...patience })
  return { workspace: name, workspaceId: id }
}

async function typeAtEnd({ page, text }: Ide, words: string): Promise<void> {
  await text.click(patience)
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(words)
}

/** The only waits by time: a monkey does not wait for anything. */
function pause(page: Ide['page'], ms: number): Promise<void> {
  return page.waitForTimeout(ms)
}
