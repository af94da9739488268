import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'

test('everything is reached without a mouse: graph, cards, inspector, palette, editor, save', async ({ ide, team }) => {
  const { page, card } = ide
  await ide.openOrg(team.path)

  // The graph: arrows walk over the chart, Enter selects.
  await page.keyboard.press('ControlOrMeta+\\')
  await expect(card('Captain')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(card('Scout')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(card('Builder')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(card('Mason')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(ide.inspector.getByRole('heading', { name: 'Mason' })).toBeVisible()

  // The inspector goes and comes.
  await page.keyboard.press('ControlOrMeta+b')
  await expect(ide.inspector).toBeHidden()
  await page.keyboard.press('ControlOrMeta+b')
  await expect(ide.inspector).toBeVisible()

  // The palette finds a workspace by name.
  await page.keyboard.press('ControlOrMeta+k')
  await expect(ide.dialog.getByRole('combobox')).toBeFocused()
  await page.keyboard.type('Painter')
  await expect(ide.dialog.getByRole('option', { name: /^Painter/ })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(ide.inspector.getByRole('heading', { name: 'Painter' })).toBeVisible()

  // Its prompt is written and saved.
  await tabTo(page, ide.editor.getByRole('textbox', { name: 'Prompt of Painter' }))
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('Two coats.')
  await expect(ide.saved).toHaveText('Unsaved changes')
  await page.keyboard.press('ControlOrMeta+s')
  await expect(ide.saved).toHaveText('Saved')
  await expect(ide.text).toContainText('Two coats.')

  // Work is given, and called up by its keys.
  await page.keyboard.press('ControlOrMeta+\\')
  await expect(card('Painter')).toBeFocused()
  await page.keyboard.press('d')
  await expect(ide.dialog.getByRole('textbox', { name: 'Task' })).toBeFocused()
  await page.keyboard.type('Paint the gate.')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(card('Painter')).toHaveAttribute('data-activity', 'completed')

  // Another parent, by picking it.
  await page.keyboard.press('m')
  await page.keyboard.type('Captain')
  await page.keyboard.press('Enter')
  await expect(ide.dialog).toContainText('Move Painter under Captain?')
  await page.keyboard.press('Escape')
  await expect(ide.dialog).toBeHidden()
})

/** Presses Tab until the place has the keyboard; a person finds it too, or it is not reachable. */
async function tabTo(page: Page, place: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await place.evaluate((element) => element.contains(document.activeElement))) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${place}.`)
}
