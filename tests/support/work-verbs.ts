import { expect, type Page } from '@playwright/test'

/** What a person does with work. */
export function workVerbs(page: Page) {
  const inspector = page.getByRole('region', { name: 'Inspector' })
  const steps = inspector.getByRole('region', { name: 'Steps', exact: true })

  async function delegate(to: string, task: string): Promise<void> {
    await page.getByRole('button', { name: 'New delegation' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'New delegation' })
    await dialog.getByRole('textbox', { name: 'Task' }).fill(task)
    await dialog.getByLabel('Workspace').selectOption({ label: to })
    await dialog.getByRole('button', { name: 'Delegate' }).click()
    await expect(dialog).toBeHidden()
  }

  /** Opens the work of the selected workspace, there the delegation of this task, and waits until it is answered. */
  async function waitForAnswer(task: string, words: string): Promise<void> {
    await inspector.getByRole('tab', { name: 'Work' }).click()
    await inspector.getByRole('button', { name: task }).click()
    await expect(inspector.getByRole('region', { name: 'Delegation' })).toContainText(words, { timeout: 30_000 })
  }

  return { inspector, steps, delegate, waitForAnswer }
}
