import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import { serverVerbs } from '../support/server-verbs.ts'
import { expect, test } from '../support/test.ts'

test('a card is taken out of its team by dragging, put back by Escape, by cancelling and by undo', async ({
  ide,
  team,
}) => {
  const { page, card, dialog } = ide
  await ide.openOrg(team.path)
  const start = await boxOf(card('Mason'))

  // Held off its team's ground it says what letting go would do; Escape puts it back to the pixel.
  await holdOff(page, card('Mason'), card('Captain'))
  await expect(page.getByText('Drop to take Mason out of the team of Builder')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Drop to take Mason out')).toBeHidden()
  await page.mouse.up()
  await expect.poll(() => boxOf(card('Mason'))).toEqual(start)

  // Let go it asks, with what changes; cancelled it lies where it lay.
  await holdOff(page, card('Mason'), card('Captain'))
  await page.mouse.up()
  await expect(dialog).toContainText('Make Mason a root?')
  await expect(dialog).toContainText('Mason with Builder')
  await expect(dialog).toContainText('Secrets stay as they are')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect.poll(() => boxOf(card('Mason'))).toEqual(start)

  await ide.dragOnto('Mason', 'Cook')
  await dialog.getByRole('button', { name: 'Move Mason under Cook' }).click()
  await expect(page.getByRole('button', { name: 'Undo move of Mason' })).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Undo move of Mason' }).click()
  await expect(page.getByText('Undid move of Mason')).toBeVisible()
  await page.getByRole('button', { name: 'Redo move of Mason' }).click()
  await expect(page.getByText('Did again: move of Mason')).toBeVisible()
})

test('many cards are chosen and done with at once; what cannot be done stays chosen, with the reason', async ({
  ide,
  team,
  server,
}) => {
  const { page, card } = ide
  const bar = page.getByRole('toolbar', { name: 'Selected workspaces' })
  await ide.openOrg(team.path)
  await ide.chooseFromMenuOf('Builder', 'Pause')
  await ide.chooseFromMenuOf('Cook', 'Pause')
  await expect(card('Cook')).toHaveAttribute('data-status', 'paused')

  await card('Painter').click()
  await card('Cook').click({ modifiers: ['Shift'] })
  await expect(bar).toContainText('2 selected')
  await expectAccessible(page)
  await bar.getByRole('button', { name: 'Align' }).click()
  await page.getByRole('menuitem', { name: 'Align tops' }).click()
  await expect.poll(async () => (await boxOf(card('Painter'))).y).toBe((await boxOf(card('Cook'))).y)
  await page.getByRole('button', { name: 'Undo alignment of 2 workspaces' }).click()
  await expect(page.getByText('Undid alignment of 2 workspaces')).toBeVisible()

  // Everything in a box drawn with Shift.
  await drawBox(page, card('Mason'), card('Painter'))
  await expect(bar).toContainText('2 selected')

  // Deleted together, brought back together.
  await bar.getByRole('button', { name: 'Delete' }).click()
  await ide.dialog.getByRole('button', { name: 'Delete 2 workspaces' }).click()
  await expect(card('Mason')).toBeHidden()
  await page.getByRole('button', { name: 'Undo deletion of 2 workspaces' }).click()
  await expect(card('Mason')).toBeVisible()
  await expect(card('Painter')).toBeVisible()

  // Somebody gives Mason a report in the very moment: Mason stays, chosen, and says why; the other is gone.
  const beside = serverVerbs(page.request, server.url)
  const mason = (await card('Mason').getAttribute('data-workspace-id')) ?? ''
  await page.route('**/workspaces.batch*', async (route) => {
    await beside.act('workspaces.create', { orgId: team.id, name: 'Helper', parentId: mason })
    await route.continue()
  })
  await drawBox(page, card('Mason'), card('Painter'))
  await bar.getByRole('button', { name: 'Delete' }).click()
  await ide.dialog.getByRole('button', { name: 'Delete 2 workspaces' }).click()
  await expect(page.getByText('Not done: Mason')).toBeVisible()
  await expect(card('Painter')).toBeHidden()
  await expect(card('Helper')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Mason', exact: true })).toBeVisible()
})

test('a team is duplicated, copied into another organisation, and cut into another team', async ({ ide, team }) => {
  const { page, card, dialog } = ide
  await ide.openOrg(team.path)
  await card('Builder').click({ button: 'right' })
  const menu = page.getByRole('menu', { name: 'Graph' })
  await expect(menu.getByRole('menuitem', { name: 'Arrange children' })).toContainText('They lie where the layout')
  await expect(menu.getByRole('menuitem', { name: 'Stop work' })).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page)
  await menu.getByRole('menuitem', { name: 'Duplicate' }).click()
  for (const name of ['Builder 2', 'Mason 2', 'Painter 2']) await expect(card(name)).toBeVisible()
  await page.getByRole('button', { name: 'Undo duplication of Builder' }).click()
  await expect(card('Builder 2')).toBeHidden()

  await ide.chooseFromMenuOf('Mason', 'Cut')
  await ide.chooseFromMenuOf('Cook', 'Paste below')
  await expect(dialog).toContainText('Move Mason under Cook?')
  await dialog.getByRole('button', { name: 'Move Mason under Cook' }).click()
  await expect(page.getByRole('button', { name: 'Undo move of Mason' })).toBeVisible()

  await ide.chooseFromMenuOf('Builder', 'Copy')
  await page.getByRole('button', { name: /^Organisation: / }).click()
  await page.getByRole('menuitem', { name: 'New organisation…' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill(`${team.name} too`)
  await dialog.getByRole('button', { name: /^Create/ }).click()
  await expect(page.getByText('This org has no workspace yet')).toBeVisible()
  const firstWay = page.getByRole('button', { name: /^Northwind Launch/ })
  await expect(firstWay).toBeVisible()
  await expect(dialog).toBeHidden()
  await page.keyboard.press('ControlOrMeta+\\')
  await expect(firstWay).toBeFocused()
  await page.keyboard.press('ControlOrMeta+v')
  await expect(card('Painter')).toBeVisible()
  await expect(card('Builder')).toBeVisible()

  // Taken back, the chart is empty again: beside the ways to begin stands the way back.
  await ide.undo()
  await expect(firstWay).toBeVisible()
  await page.getByRole('button', { name: /^Redo / }).press('Enter')
  await expect(card('Painter')).toBeVisible()
})

type Box = { x: number; y: number; width: number; height: number }

async function boxOf(card: Locator): Promise<Box> {
  const box = await card.boundingBox()
  if (!box) throw new Error('The card is not on the screen.')
  return box
}

/** Holds a card at the height of another, far to its left, where its team has no ground. */
async function holdOff(page: Page, card: Locator, level: Locator): Promise<void> {
  const from = await boxOf(card)
  const to = await boxOf(level)
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y - 40, { steps: 4 })
  await page.mouse.move(from.x - 1.2 * from.width, to.y + to.height / 2, { steps: 6 })
}

async function drawBox(page: Page, first: Locator, last: Locator): Promise<void> {
  const [from, to] = [await boxOf(first), await boxOf(last)]
  await page.keyboard.down('Shift')
  await page.mouse.move(from.x - 12, from.y - 12)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width + 12, to.y + to.height + 12, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
}
