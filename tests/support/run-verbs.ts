import { expect, type Page } from '@playwright/test'
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

  async function takeStarter(name: RegExp): Promise<void> {
    await run.getByRole('button', { name: 'Starters' }).click()
    await page.getByRole('menuitem', { name }).click()
  }

  /** The same by the keyboard alone: the menu finds an entry by its first letters. */
  async function takeStarterByKey(letters: string, name: RegExp): Promise<void> {
    await run.getByRole('button', { name: 'Starters' }).press('Enter')
    await expect(page.getByRole('menu', { name: 'Starters' })).toBeVisible()
    await page.keyboard.type(letters)
    await expect(page.getByRole('menuitem', { name })).toBeFocused()
    await page.keyboard.press('Enter')
  }

  function side(name: 'Output' | 'Preview' | 'Terminal' | 'Earlier') {
    return run.getByRole('tab', { name, exact: true })
  }

  return { run, output, openRun, runSnippet, stopSnippet, takeStarter, takeStarterByKey, side }
}
