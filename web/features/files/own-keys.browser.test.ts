import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OpenedScript, openScript } from '../../testing/open-script.ts'

let opened: OpenedScript
let page: Page
beforeAll(async () => {
  opened = await openScript(new URL('./testing/own-keys-page.tsx', import.meta.url))
})
beforeEach(async () => {
  page = await opened.newPage()
})
afterEach(() => page.close())
afterAll(() => opened?.close())

const done = () => page.locator('output').textContent()

test.each(['Delete', 'Backspace'])('%s is the page’s where no files are', async (key) => {
  await page.getByRole('button', { name: 'Elsewhere' }).press(key)
  await expect.poll(done).toBe('page')
})

test('elsewhere than on a Mac Backspace deletes no file, closes no tab and does nothing to the page', async () => {
  await page.getByRole('treeitem', { name: 'facts.md' }).press('Backspace')
  await page.getByRole('tab', { name: 'plan.md' }).press('Backspace')
  await page.getByRole('treeitem', { name: 'plan.md' }).press('Delete')
  await expect.poll(done).toBe('delete plan.md')
})

describe('on a Mac, whose key for it is Backspace', () => {
  beforeEach(async () => {
    await page.evaluate(() => Object.defineProperty(navigator, 'platform', { value: 'MacIntel' }))
  })

  test.each(['Delete', 'Backspace'])(
    '%s on a file of the tree deletes that file, and nothing else hears it',
    async (key) => {
      await page.getByRole('treeitem', { name: 'facts.md' }).press(key)
      await expect.poll(done).toBe('delete notes/facts.md')
    },
  )

  test.each(['Delete', 'Backspace'])('%s on a folder of the tree does nothing, also not to the page', async (key) => {
    await page.getByRole('treeitem', { name: 'notes, folder with 1' }).press(key)
    await page.getByRole('treeitem', { name: 'plan.md' }).press('Delete')
    await expect.poll(done).toBe('delete plan.md')
  })

  test.each(['Delete', 'Backspace'])('%s on a tab closes that file, and nothing else hears it', async (key) => {
    await page.getByRole('tab', { name: 'plan.md' }).press(key)
    await expect.poll(done).toBe('closed')
  })
})
