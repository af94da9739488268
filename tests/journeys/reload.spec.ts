import { expect, test } from '../support/test.ts'

test('a reload in mid-typing keeps the text and says that it is not saved', async ({ ide, team }) => {
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.openPrompt('Captain')
  await ide.text.click()
  await ide.page.keyboard.press('ControlOrMeta+End')
  await ide.page.keyboard.type('Half a sent', { delay: 10 })
  await expect(ide.saved).toHaveText('Unsaved changes')

  await ide.page.reload()
  await expect(ide.text).toContainText('Half a sent')
  await expect(ide.saved).toHaveText('Unsaved changes')
  await expect(
    ide.page.getByRole('tab', { name: /^Prompt/ }).getByRole('img', { name: 'Unsaved changes' }),
  ).toBeVisible()

  await ide.text.click()
  await ide.save()
  await expect(ide.saved).toHaveText('Saved')
  await ide.page.reload()
  await expect(ide.text).toContainText('Half a sent')
  await expect(ide.saved).toHaveText('Saved')
})
