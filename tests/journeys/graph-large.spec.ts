import type { Locator, Page } from '@playwright/test'
import { withTemplate } from '../support/template.ts'
import { expect, findOrg, test } from '../support/test.ts'

/** From 200 cards on an org is a picture from afar. */
const reports = 240

test('a large org opens as a picture whose blocks have names, menus and can be chosen; a press goes near, arrow keys too', async ({
  ide,
  server,
}) => {
  const { page, card } = ide
  const name = 'Large org'
  await withTemplate({ 'org.yaml': largeOrg(name) }, (dir) => server.importTemplate(dir))
  const org = await findOrg(page.request, name)
  const graph = page.getByRole('region', { name: 'Org graph' })
  const pointed = graph.locator('[data-block-name]')
  const bar = page.getByRole('toolbar', { name: 'Selected workspaces' })
  await page.goto(org.path)
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live')
  await expect(graph).toHaveAttribute('data-detail', 'block')
  await expect(graph.locator('[data-workspace-id]')).toHaveCount(0)

  const first = await findBlock(page, graph, pointed)
  await page.mouse.move(first.x, first.y)
  await expect(pointed).toContainText(first.name)

  // Chosen from afar, one after the other, and let go beside them. The first opens its panel, and the picture makes room.
  await pressWithShift(page, first)
  await expect(page).toHaveURL(/[?&]w=/)
  const second = await findBlock(page, graph, pointed, first.name)
  await pressWithShift(page, second)
  await expect(bar).toContainText('2 selected')
  await pressWithShift(page, second)
  await expect(bar).toBeHidden()
  await pressWithShift(page, second)
  await expect(bar).toContainText('2 selected')
  await page.mouse.click((await boxOf(graph)).x + 12, second.y)
  await expect(bar).toBeHidden()

  // The menu is that of the block, not of the canvas.
  const third = await findBlock(page, graph, pointed)
  await page.mouse.click(third.x, third.y, { button: 'right' })
  const menu = page.getByRole('menu')
  await expect(menu.getByRole('menuitem', { name: 'Rename' })).toBeVisible()
  await page.keyboard.press('Escape')

  const last = await findBlock(page, graph, pointed, third.name)
  await page.mouse.click(last.x, last.y)
  await expect(card(last.name)).toBeVisible()
  await card(last.name).focus()
  await page.keyboard.press('ArrowUp')
  await expect(card('Head')).toBeFocused()
})

type Block = { name: string; x: number; y: number }

/** The block of a report, found as a person does: by pointing here and there. */
async function findBlock(page: Page, graph: Locator, pointed: Locator, but = ''): Promise<Block> {
  const box = await boxOf(graph)
  for (let y = box.y + 80; y < box.y + box.height - 80; y += 14) {
    for (let x = box.x + 200; x < box.x + box.width - 200; x += 14) {
      await page.mouse.move(x, y)
      const name = (await pointed.isVisible()) ? await pointed.locator('p').first().innerText() : ''
      if (name.startsWith('Report') && name !== but) return { name, x, y }
    }
  }
  throw new Error('There is no block to point at.')
}

async function pressWithShift(page: Page, { x, y }: Block): Promise<void> {
  await page.keyboard.down('Shift')
  await page.mouse.click(x, y)
  await page.keyboard.up('Shift')
}

async function boxOf(part: Locator) {
  const box = await part.boundingBox()
  if (!box) throw new Error('It is not on the screen.')
  return box
}

function largeOrg(name: string): string {
  const lines = [`name: ${name}`, 'workspaces:', '  - name: Head', '    children:']
  for (let report = 1; report <= reports; report++) lines.push(`      - name: Report ${report}`)
  return `${lines.join('\n')}\n`
}
