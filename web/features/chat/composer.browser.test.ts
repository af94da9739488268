import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OpenedScript, openScript } from '../../testing/open-script.ts'

let opened: OpenedScript
let page: Page
beforeAll(async () => {
  opened = await openScript(new URL('./testing/composer-page.tsx', import.meta.url))
})
beforeEach(async () => {
  page = await opened.newPage()
})
afterEach(() => page.close())
afterAll(() => opened?.close())

const box = () => page.getByRole('textbox', { name: 'Say something to Scout' })

test('words that are dragged into the box stand in it', async () => {
  const words = page.getByText('Ebb', { exact: true })
  await words.dblclick()
  await words.dragTo(box())
  await expect.poll(() => box().inputValue()).toMatch(/Ebb/)
  expect(await page.locator('output').textContent()).toBe('')
})

test('a file that is dropped where one writes is given with the words, and the browser does not open it', async () => {
  const isLeft = await box().evaluate((target) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['Ebb at noon.'], 'tides.md'))
    const say = (type: string) =>
      target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
    return [say('dragover'), say('drop')]
  })
  expect(isLeft).toEqual([false, false])
  await expect.poll(() => page.locator('output').textContent()).toBe('tides.md')
})
