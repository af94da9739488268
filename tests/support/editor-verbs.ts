import { expect, type Page } from '@playwright/test'
import { pasteOver } from './paste-over.ts'

export type EditorTab = 'Prompt' | 'Config' | 'Files' | 'History'

/** What a person does with the texts of a workspace. */
export function editorVerbs(page: Page) {
  const editor = page.getByRole('region', { name: 'Editor' })
  const saved = page.getByRole('status').filter({ hasText: /^(Saved|Saving|Unsaved changes)$/ })
  /** What can be read in the text area that is open. */
  const text = editor.locator('.monaco-editor .view-lines').last()

  async function openTab(name: EditorTab | 'Run'): Promise<void> {
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
  }

  async function openPrompt(workspace: string): Promise<void> {
    await openTab('Prompt')
    await expect(editor.getByRole('textbox', { name: `Prompt of ${workspace}` })).toBeAttached()
  }

  /** Replaces all the text that is open. */
  async function writeInstead(words: string): Promise<void> {
    await text.click()
    await pasteOver(page, words)
  }

  async function save(): Promise<void> {
    await page.keyboard.press('ControlOrMeta+s')
  }

  async function savePrompt(workspace: string, words: string): Promise<void> {
    await openPrompt(workspace)
    await writeInstead(words)
    await expect(saved).toHaveText('Unsaved changes')
    await save()
    await expect(saved).toHaveText('Saved')
  }

  return { editor, saved, text, openTab, openPrompt, writeInstead, save, savePrompt }
}
