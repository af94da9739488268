import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('the graph goes back to before a change, steps through it, and returns to the present', async ({
  ide,
  page,
  team,
}) => {
  await ide.openOrg(team.path)
  await ide.createWorkspace('Archivist')
  await ide.renameWorkspace('Archivist', 'Librarian')
  await expect(ide.card('Librarian')).toBeVisible()

  await page.getByRole('button', { name: 'Look back' }).click()
  const past = page.getByRole('region', { name: 'The past of the org' })
  await expect(page.getByText('the past, read only')).toBeVisible()
  await expectAccessible(page)
  const stepBack = past.getByRole('button', { name: 'Previous event' })
  await expect(async () => {
    await stepBack.click()
    await expect(ide.card('Archivist')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(ide.card('Librarian')).toBeHidden()
  await past.getByRole('slider', { name: 'Moment' }).press('Home')
  await expect(ide.card('Archivist')).toBeHidden()

  await past.getByRole('button', { name: 'Live' }).click()
  await expect(ide.card('Librarian')).toBeVisible()
  await expect(past).toBeHidden()
})
