import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OpenedScript, openScript } from '../../testing/open-script.ts'

let opened: OpenedScript
let page: Page
beforeAll(async () => {
  opened = await openScript(new URL('./testing/kept-focus-page.tsx', import.meta.url))
})
beforeEach(async () => {
  page = await opened.newPage()
})
afterEach(() => page.close())
afterAll(() => opened?.close())

const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? 'nothing')

test('the keyboard goes on in the text that takes the place of the one it was in, and waits for it there', async () => {
  await page.getByRole('textbox', { name: 'Text of a.md' }).press('F2')
  await expect.poll(focused).toBe('b.md')
  await page.getByRole('button', { name: 'Load' }).click()
  await expect.poll(focused).toBe('Text of b.md')
})

test('who is elsewhere stays there', async () => {
  const elsewhere = page.getByRole('button', { name: 'Elsewhere' })
  await elsewhere.press('F2')
  await page.getByRole('button', { name: 'Load' }).click()
  await page.getByRole('textbox', { name: 'Text of b.md' }).waitFor()
  expect(await elsewhere.evaluate((button) => button === document.activeElement)).toBe(true)
})
