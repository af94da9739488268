import type { Page } from '@playwright/test'

/** Selects all the text that has the keyboard and pastes over it: typed, the editor would close brackets by itself. */
export async function pasteOver(page: Page, words: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), words)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+v')
}
