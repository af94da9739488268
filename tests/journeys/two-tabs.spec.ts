import { openIde } from '../support/ide.ts'
import { expect, test } from '../support/test.ts'

test('of two tabs on one prompt the second to save meets both texts, and nothing is lost', async ({
  ide,
  team,
  context,
}) => {
  const other = openIde(await context.newPage())
  for (const tab of [ide, other]) {
    await tab.page.bringToFront()
    await tab.openOrg(team.path)
    await tab.selectWorkspace('Captain')
    await tab.openPrompt('Captain')
  }
  await other.writeInstead('# Captain\n\nFrom the second tab.')
  await expect(other.saved).toHaveText('Unsaved changes')

  await ide.page.bringToFront()
  await ide.savePrompt('Captain', '# Captain\n\nFrom the first tab.')

  await other.page.bringToFront()
  await other.save()
  const conflict = other.editor.getByRole('alert')
  await expect(conflict).toContainText(/Saved by .+ before you/)
  const both = other.editor.locator('.monaco-diff-editor')
  await expect(both).toContainText('From the first tab.')
  await expect(both).toContainText('From the second tab.')

  await conflict.getByRole('button', { name: 'Save mine as version 3' }).click()
  await expect(other.saved).toHaveText('Saved')
  await other.openTab('History')
  await expect(other.editor.getByRole('button', { name: /^Version \d/ })).toHaveCount(3)
  await other.editor.getByRole('button', { name: /^Version 2/ }).click()
  await expect(both).toContainText('From the first tab.')
  // The first tab had nothing unsaved: it follows.
  await expect(ide.text).toContainText('From the second tab.')
})
