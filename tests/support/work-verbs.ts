import { expect, type Page } from '@playwright/test'

/** What a person does with work. */
export function workVerbs(page: Page) {
  const inspector = page.getByRole('region', { name: 'Inspector' })

  async function delegate(to: string, task: string): Promise<void> {
    await page.getByRole('button', { name: 'New delegation' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New delegation' })
    await dialog.getByRole('textbox', { name: 'Task' }).fill(task)
    await dialog.getByLabel('Workspace').selectOption({ label: to })
    await dialog.getByRole('button', { name: 'Delegate' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Opens the work of the selected workspace and waits until it shows these words of an answer. */
  async function waitForAnswer(words: string | RegExp): Promise<void> {
    await inspector.getByRole('tab', { name: 'Work' }).click()
    await expect(inspector).toContainText(words, { timeout: 30_000 })
  }

  return { inspector, delegate, waitForAnswer }
}
