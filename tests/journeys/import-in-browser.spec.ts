import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import { withTemplate } from '../support/template.ts'
import { expect, test } from '../support/test.ts'

const shop = {
  'org.yaml': `name: Corner shop
defaults: { runtime: native, model: rehearsal }
required_env: [SHOP_TOKEN]
workspaces:
  - name: Shopkeeper
    role: Keeps the shop.
    files_dir: keeper
    children:
      - { name: Baker, role: Bakes. }
      - { name: Cashier, role: Counts. }
`,
  'keeper/system-prompt.md': '# Shopkeeper\n\nYou keep the shop.\n',
  '.env': 'SHOP_TOKEN=tok-corner-shop-4711\n',
}

test('a folder is planned, imported with its keys offered, undone, and imported again over what a person edited', async ({
  ide,
  team,
}) => {
  test.slow()
  const { page, dialog } = ide
  const folder = dialog.getByLabel('Folder of a template')
  const openImport = async () => {
    await page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
    await page.getByRole('menuitem', { name: 'Import…' }).click()
    await expect(dialog.getByRole('button', { name: 'Choose a folder' })).toBeVisible()
  }
  await ide.openOrg(team.path)
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))

  await withTemplate(shop, async (dir) => {
    await openImport()
    await folder.setInputFiles(dir)
    await expect(dialog.getByText('Nothing has changed yet: 3 to create.')).toBeVisible()
    const lines = dialog.getByRole('list', { name: 'What happens to each workspace' }).getByRole('listitem')
    await expect(lines).toHaveCount(3)
    await expect(dialog.getByText('In its .env')).toBeVisible()
    await expectAccessible(page)
    await dialog.getByRole('searchbox', { name: 'Filter workspaces' }).fill('bakes')
    await expect(lines).toHaveCount(1)
    await expect(lines.first()).toContainText('Shopkeeper › Baker')
    await expect(ide.card('Baker')).toHaveCount(0)

    await dialog.getByRole('button', { name: 'Import 3 workspaces' }).click()
    await expect(dialog.getByText('Imported Corner shop: 3 created')).toBeVisible()
    await expect(dialog.getByText('tok-corner-shop-4711')).toHaveCount(0)
    // Until now the value of the key has not left the page.
    expect(sent.filter((body) => body.includes('tok-corner-shop-4711'))).toEqual([])
    await dialog.getByRole('button', { name: 'Store 1 key as secrets' }).click()
    await expect(dialog.getByText('1 key stored as secrets')).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await showAll(ide.graph)
    await expect(ide.card('Baker')).toBeVisible()

    await ide.undo()
    await expect(ide.card('Baker')).toHaveCount(0)
    await ide.graph.getByRole('button', { name: 'Redo import of Corner shop' }).click()
    await showAll(ide.graph)
    await expect(ide.card('Baker')).toBeVisible()
  })

  await ide.selectWorkspace('Shopkeeper')
  await ide.savePrompt('Shopkeeper', 'Mine.')
  await withTemplate({ ...shop, 'keeper/system-prompt.md': 'Theirs.\n' }, async (dir) => {
    await openImport()
    await folder.setInputFiles(dir)
    await expect(
      dialog.getByText('Shopkeeper: system-prompt.md was edited since the last import; it is kept.'),
    ).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled()
    await page.keyboard.press('Escape')
  })
  await expect(ide.text).toContainText('Mine.')
})

test('by keyboard alone a template is looked at, added, and given its first work', async ({ ide, team }) => {
  const { page, dialog } = ide
  await ide.openOrg(team.path)
  await runCommand(page, 'Templates: start from a small organisation')
  const cards = dialog.getByRole('radio')
  await expect(cards.first()).toBeFocused()
  await expect(dialog.getByRole('img', { name: /^Chart of / })).toBeVisible()
  await expectAccessible(page)
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown')
  await expect(dialog.getByRole('region', { name: 'About Support Desk' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Add to this organisation' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Nothing has changed yet: 5 to create.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 5 workspaces' }).focus()
  await page.keyboard.press('Enter')
  const give = dialog.getByRole('button', { name: 'Give it to Desk Lead' })
  await give.focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await showAll(ide.graph)
  await expect(ide.card('Desk Lead')).toHaveAttribute('data-activity', /working|waiting|completed/)
})

test('what is no template is refused in words; a bundle dropped on the page is planned; an org goes out as a .zip', async ({
  ide,
  team,
}) => {
  const { page, dialog } = ide
  await ide.openOrg(team.path)
  await runCommand(page, 'Import a folder, .zip or bundle')
  await withTemplate({ 'readme.md': 'Nothing here.\n' }, async (dir) => {
    await dialog.getByLabel('Folder of a template').setInputFiles(dir)
    await expect(dialog.getByText(/^There is no org\.yaml in /)).toBeVisible()
    await expect(dialog.getByText(/^Choose the folder that holds it/)).toBeVisible()
    await expectAccessible(page)
  })
  await page.keyboard.press('Escape')

  const bundle = JSON.stringify({ schema: '1.0', name: 'Ferryman', system_prompt: 'You row.\n', sub_workspaces: [] })
  await page.evaluate((text) => {
    const given = new DataTransfer()
    given.items.add(new File([text], 'ferry.bundle.json', { type: 'application/json' }))
    for (const type of ['dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: given, bubbles: true, cancelable: true }))
    }
  }, bundle)
  await expect(dialog.getByText('Nothing has changed yet: 1 to create.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 1 workspace' }).click()
  await showAll(ide.graph)
  await expect(ide.card('Ferryman')).toBeVisible()

  await page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as .zip' }).click()
  const download = await downloading
  const into = await mkdtemp(join(tmpdir(), 'delegraph-export-'))
  const path = join(into, 'org.zip')
  await download.saveAs(path)
  expect((await readFile(path)).subarray(0, 2).toString()).toBe('PK')

  await runCommand(page, 'Import a folder, .zip or bundle')
  await dialog.getByLabel('File of a template').setInputFiles(path)
  await expect(dialog.getByText(/^Nothing has changed yet: /)).toBeVisible()
  const planned = dialog.getByRole('list', { name: 'What happens to each workspace' }).getByRole('listitem')
  await expect(planned).toHaveCount(7)
  await expect(planned.filter({ hasText: 'Ferryman' })).toHaveCount(1)
  await rm(into, { recursive: true })
})

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByRole('combobox')).toBeFocused()
  await page.keyboard.type(title)
  await expect(page.getByRole('option', { name: title, selected: true })).toBeVisible()
  await page.keyboard.press('Enter')
}

/** Cards beside the screen are not drawn. */
async function showAll(graph: Locator): Promise<void> {
  await graph.getByRole('button', { name: 'Fit the whole org' }).click()
}
