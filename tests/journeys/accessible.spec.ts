import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { expect, signedOut, test } from '../support/test.ts'

const themes = [
  { colorScheme: 'light', expectNothing: expectAccessible },
  { colorScheme: 'dark', expectNothing: expectReadable },
] as const

for (const { colorScheme, expectNothing } of themes) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('the org with its inspector, editor and run pane keeps nobody out', async ({ ide, team }) => {
      // Every tab is looked at as a whole page.
      test.slow()
      await ide.openOrg(team.path)
      await ide.delegate('Captain', 'Look around.')
      await expect(ide.card('Captain')).toHaveAttribute('data-activity', 'completed')
      await ide.selectWorkspace('Captain')
      await ide.openPrompt('Captain')
      for (const tab of await ide.inspector.getByRole('tab').all()) {
        await tab.click()
        await expectNothing(ide.page)
      }
      await ide.openTab('History')
      await expect(ide.editor.locator('.monaco-editor')).toBeVisible()
      await expectNothing(ide.page)
      await ide.openTab('Files')
      await expect(ide.editor.getByRole('tree', { name: 'Files of Captain' }).getByRole('treeitem')).not.toHaveCount(0)
      await expectNothing(ide.page)
      await ide.openRun()
      await expectNothing(ide.page)
    })

    test('dialogs and the palette keep nobody out', async ({ ide, team }) => {
      await ide.openOrg(team.path)
      await ide.selectWorkspace('Builder')
      const opened = async (key: string) => {
        await ide.card('Builder').focus()
        await ide.page.keyboard.press(key)
        await expect(ide.dialog).toBeVisible()
        await expectNothing(ide.page)
        await ide.page.keyboard.press('Escape')
        await expect(ide.dialog).toBeHidden()
      }
      for (const key of ['d', 'n', 'F2', 'm', 'Delete', 'ControlOrMeta+k', '?']) await opened(key)
      await ide.dragOnto('Scout', 'Cook')
      await expect(ide.dialog).toContainText('Who can talk to whom')
      await expectNothing(ide.page)
    })

    test.describe('signed out', () => {
      test.use({ storageState: signedOut })

      test('the sign-in page keeps nobody out', async ({ page }) => {
        await page.goto('/sign-in')
        await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
        await expectNothing(page)
      })
    })
  })
}
