import { expect, type Locator, type Page } from '@playwright/test'

/** How a person looks at the org chart. */
export function lookVerbs(page: Page) {
  const look = page.getByRole('toolbar', { name: 'Look' })
  const legend = page.getByRole('region', { name: 'Legend' })
  const search = page.getByRole('search', { name: 'Search on the graph' })
  const views = page.getByRole('dialog', { name: 'Saved views' })

  async function chooseOverlay(name: string): Promise<void> {
    await look.getByRole('button', { name: /^Overlay/ }).click()
    await page.getByRole('menuitemradio', { name }).click()
  }

  /** Points at the middle of the line between two cards that stand above one another, and answers where that is. */
  async function pointAtEdge(from: Locator, to: Locator): Promise<{ x: number; y: number }> {
    const [above, below] = [await from.boundingBox(), await to.boundingBox()]
    if (!above || !below) throw new Error('The cards are not on the screen.')
    const x = (above.x + above.width / 2 + below.x + below.width / 2) / 2
    const y = (above.y + above.height + below.y) / 2
    await page.mouse.move(x - 30, y - 4)
    await page.mouse.move(x, y, { steps: 4 })
    return { x, y }
  }

  async function saveView(name: string): Promise<void> {
    await look.getByRole('button', { name: 'Saved views' }).click()
    await views.getByRole('textbox', { name: 'Name of a new view' }).fill(name)
    await views.getByRole('button', { name: 'Save view' }).click()
    await expect(views.getByRole('button', { name, exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(views).toBeHidden()
  }

  async function showView(name: string): Promise<void> {
    await look.getByRole('button', { name: 'Saved views' }).click()
    await views.getByRole('button', { name, exact: true }).click()
    await expect(views).toBeHidden()
  }

  return { look, legend, search, views, chooseOverlay, pointAtEdge, saveView, showView }
}
