import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('all that dragging does is done by keys: walk, choose, nudge, align, copy, move, undo', async ({ ide, team }) => {
  const { page, card, dialog } = ide
  const spoken = ide.graph.locator('[aria-live="polite"]')
  const bar = page.getByRole('toolbar', { name: 'Selected workspaces' })
  const isFocused = (name: string) => expect(card(name)).toBeFocused()
  await ide.openOrg(team.path)

  // Walking is spoken: who, what it does, and which child of whom.
  await page.keyboard.press('ControlOrMeta+\\')
  await isFocused('Captain')
  await page.keyboard.press('ArrowDown')
  await expect(spoken).toContainText('Scout, Idle, child 1 of 3 of Captain')
  await page.keyboard.press('ArrowRight')
  await expect(spoken).toContainText('Builder, Idle, child 2 of 3 of Captain, 2 reports')
  await page.keyboard.press('ArrowDown')
  await isFocused('Mason')

  // A card is nudged along; its steps are undone together.
  await page.keyboard.press('Alt+ArrowRight')
  await page.keyboard.press('Alt+ArrowRight')
  await expect(spoken).toContainText('Mason moved right')
  await expect(page.getByRole('button', { name: 'Undo new place of Mason' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByText('Undid new place of Mason')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(page.getByText('Did again: new place of Mason')).toBeVisible()

  // Siblings are chosen with Shift, and told how many they are.
  await isFocused('Mason')
  await page.keyboard.press('Shift+ArrowRight')
  await isFocused('Painter')
  await expect(spoken).toContainText('one of 2 selected')
  await expect(bar).toContainText('2 selected')
  await expectAccessible(page)
  await bar.getByRole('button', { name: 'Align' }).press('Enter')
  await page.getByRole('menuitem', { name: 'Align tops' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Undo alignment of 2 workspaces' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+\\')
  await page.keyboard.press('Escape')
  await expect(bar).toBeHidden()

  // The menu of a card, and what it says of what cannot be.
  await isFocused('Painter')
  await page.keyboard.press('Shift+F10')
  const menu = page.getByRole('menu', { name: 'Graph' })
  await expect(menu.getByRole('menuitem', { name: 'Collapse team' })).toContainText('Nobody reports to it.')
  await page.keyboard.press('Escape')
  await expect(menu).toBeHidden()

  // Copied, and pasted below another; then taken out of its team.
  await page.keyboard.press('ControlOrMeta+\\')
  await isFocused('Painter')
  await page.keyboard.press('ControlOrMeta+c')
  await expect(page.getByText('Copied Painter')).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowRight')
  await isFocused('Cook')
  await page.keyboard.press('ControlOrMeta+v')
  await expect(card('Painter 2')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+\\')
  await isFocused('Painter 2')
  await page.keyboard.press('m')
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Scout')
  await expect(dialog.getByRole('option', { name: /^Scout/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Move Painter 2 under Scout?')
  await expect(dialog.getByRole('heading', { name: 'Who can talk to whom' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Undo move of Painter 2' })).toBeVisible()

  // All of it is still there to be undone after a reload.
  await page.reload()
  await expect(page.getByRole('button', { name: 'Undo move of Painter 2' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByText('Undid move of Painter 2')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(card('Painter 2')).toBeHidden()

  // Everything, at once.
  await page.keyboard.press('ControlOrMeta+\\')
  await page.keyboard.press('ControlOrMeta+a')
  await expect(bar).toContainText('6 selected')
})
