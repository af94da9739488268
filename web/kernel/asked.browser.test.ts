import type { Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OpenedScript, openScript } from '../testing/open-script.ts'

let opened: OpenedScript
let page: Page
beforeAll(async () => {
  opened = await openScript(new URL('./testing/asked-page.tsx', import.meta.url))
})
beforeEach(async () => {
  page = await opened.newPage()
})
afterEach(() => page.close())
afterAll(() => opened?.close())

const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
const question = 'Move Research under Build?'

async function expectSaid(...lines: readonly string[]): Promise<void> {
  await expect.poll(() => page.locator('p').allTextContents()).toEqual(lines)
}

test('what is asked is heard in the place that shows it and beside it, however often that is drawn', async () => {
  await expectSaid('Here, drawn 1: nothing', 'Beside: nothing')
  await press('Ask')
  await expectSaid(`Here, drawn 1: ${question}`, `Beside: ${question}`)
  await press('Draw again')
  await expectSaid(`Here, drawn 2: ${question}`, `Beside: ${question}`)
})

test('a question ends with the place that shows it, and is not there when that is entered again', async () => {
  await press('Ask')
  await press('Leave')
  await expectSaid('Beside: nothing')
  await press('Enter')
  await expectSaid('Here, drawn 1: nothing', 'Beside: nothing')
})

test('what is asked before its place is there waits for it', async () => {
  await press('Leave')
  await press('Ask')
  await press('Enter')
  await expectSaid(`Here, drawn 1: ${question}`, `Beside: ${question}`)
})
