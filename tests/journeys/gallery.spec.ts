import { expect, test } from '@playwright/test'
import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { serveGallery } from '../support/gallery.ts'

test('every control, state, card and edge of the gallery is accessible in each theme, by key too', async ({ page }) => {
  test.slow()
  const gallery = await serveGallery()
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    // The first theme is judged whole, the others in what a theme can change.
    const judge = theme === 'light' ? expectAccessible : expectReadable
    if (theme !== 'contrast') await page.emulateMedia({ colorScheme: theme })
    await page.goto(`${gallery.url}?theme=${theme}`)
    const cards = page.getByRole('region', { name: 'Cards', exact: true })
    await expect(cards.getByRole('group', { name: 'Stopped by its budget' })).toHaveAttribute(
      'data-activity',
      'waiting-budget',
    )
    await expect(page.getByRole('region', { name: 'Org graph' }).locator('[data-workspace-id]').first()).toBeVisible()
    const texts = page.getByRole('region', { name: 'Texts that do not fit together' })
    await expect(texts.getByRole('alert')).toHaveCount(3)
    await expect(texts.getByText('Name two sources for each.')).toHaveCount(3)
    await judge(page)

    await page.getByRole('button', { name: 'Open a dialog' }).press('Enter')
    await expect(page.getByRole('dialog', { name: 'Delete Researcher?' })).toBeVisible()
    await judge(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Open a menu' }).press('Enter')
    await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeVisible()
    await judge(page)
    await page.keyboard.press('Escape')
  }
  await gallery.stop()
})
