import { expect, type Locator, type Page } from '@playwright/test'

/** What a person does on the org chart. */
export function graphVerbs(page: Page) {
  const graph = page.getByRole('region', { name: 'Org graph' })
  const card = (name: string) => graph.getByRole('group', { name, exact: true })
  const dialog = page.getByRole('dialog')

  async function openOrg(path: string): Promise<void> {
    await page.goto(path)
    await expect(graph.locator('[data-workspace-id]').first()).toBeVisible()
    await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live')
  }

  async function selectWorkspace(name: string): Promise<void> {
    await card(name).click()
    await expect(page).toHaveURL(/[?&]w=/)
  }

  /** Holds a card over another; what letting go would do is said before it happens. */
  async function dragOnto(name: string, target: string): Promise<void> {
    const from = await middleOf(card(name))
    const to = await middleOf(card(target))
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 })
    await page.mouse.move(to.x, to.y, { steps: 5 })
    await expect(page.getByText(`Drop to put it under ${target}`)).toBeVisible()
    await page.mouse.up()
  }

  async function chooseFromMenuOf(name: string, entry: string): Promise<void> {
    await card(name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: new RegExp(`^${entry}\\b(?! here)`) }).click()
  }

  async function createWorkspace(name: string): Promise<void> {
    await graph.getByRole('button', { name: 'New workspace' }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    await dialog.getByRole('button', { name: 'Create workspace' }).click()
    await expect(dialog).toBeHidden()
  }

  async function renameWorkspace(name: string, next: string): Promise<void> {
    await chooseFromMenuOf(name, 'Rename')
    await dialog.getByRole('textbox', { name: 'Name' }).fill(next)
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Takes back the latest act, by the button on the graph. */
  async function undo(): Promise<void> {
    await graph.getByRole('button', { name: /^Undo / }).click()
  }

  return {
    graph,
    card,
    dialog,
    openOrg,
    selectWorkspace,
    dragOnto,
    chooseFromMenuOf,
    createWorkspace,
    renameWorkspace,
    undo,
  }
}

async function middleOf(card: Locator): Promise<{ x: number; y: number }> {
  const box = await card.boundingBox()
  if (!box) throw new Error('The card is not on the screen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
