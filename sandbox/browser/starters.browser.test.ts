import type { Page } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { starters } from '#shared/runs/starters/starters.ts'
import { openTestPage, type TestPage } from '../testing/open-test-page.ts'

let opened: TestPage
let page: Page

beforeAll(async () => {
  opened = await openTestPage()
  page = opened.page
})
afterAll(() => opened?.close())

test.each(starters.map(({ id, label }) => [id, label]))('the starter %s, “%s”, ends as it says', async (id) => {
  const starter = starters.find((each) => each.id === id)
  if (!starter) throw new Error('there is no such starter')
  const ended = await page.evaluate((asked) => window.sandboxTests.runProgram(asked), {
    ...{ language: starter.language, code: starter.code, files: starter.files ?? {}, stdin: starter.stdin ?? '' },
    timeoutMs: starter.ends === 'timed-out' ? 2_500 : 10_000,
    untilServes: starter.ends === 'serves',
  })
  expect(ended.serves).toBe(starter.ends === 'serves')
  expect(ended.kind, `${ended.error} ${ended.said}`).toBe(starter.ends === 'serves' ? 'stopped' : starter.ends)
  if (starter.ends !== 'serves') expect(ended.said).not.toBe('')
})
