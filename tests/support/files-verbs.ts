import { expect, type Page } from '@playwright/test'

/** What a person does with the tree of files and the tabs of those that are open. */
export function filesVerbs(page: Page) {
  const editor = page.getByRole('region', { name: 'Editor' })
  const tree = editor.getByRole('tree')
  const fileTab = (path: string) => editor.getByRole('tab', { name: new RegExp(`^${path.replaceAll('.', '\\.')}`) })
  const row = (name: string) => tree.getByRole('treeitem', { name, exact: true })

  async function makeFile(path: string): Promise<void> {
    await editor.getByRole('button', { name: 'New file' }).click()
    const dialog = page.getByRole('dialog', { name: 'New file' })
    await dialog.getByRole('textbox', { name: 'Path' }).fill(path)
    await dialog.getByRole('button', { name: 'Create file' }).click()
    await expect(fileTab(path)).toBeVisible()
  }

  /** Adds files as a person does who picks them on their computer. */
  async function addFiles(...files: { name: string; content: Buffer }[]): Promise<void> {
    const given = files.map(({ name, content }) => ({ name, mimeType: 'application/octet-stream', buffer: content }))
    await editor.locator('input[type="file"]').setInputFiles(given)
  }

  return { tree, row, fileTab, makeFile, addFiles }
}
