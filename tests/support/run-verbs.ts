import type { Page } from '@playwright/test'
import { pasteOver } from './paste-over.ts'

/** What a person does with a snippet. */
export function runVerbs(page: Page) {
  const run = page.getByRole('region', { name: 'Run' })
  const output = run.getByRole('log', { name: 'Output' })

  async function openRun(): Promise<void> {
    await page.getByRole('tab', { name: 'Run' }).click()
    await run.locator('.monaco-editor .view-lines').waitFor()
  }

  async function runSnippet(code: string): Promise<void> {
    await run.locator('.monaco-editor .view-lines').click()
    await pasteOver(page, code)
    await run.getByRole('button', { name: 'Run', exact: true }).click()
  }

  async function stopSnippet(): Promise<void> {
    await run.getByRole('button', { name: 'Stop', exact: true }).click()
  }

  return { run, output, openRun, runSnippet, stopSnippet }
}
