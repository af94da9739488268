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

  const track = past.getByRole('slider', { name: 'Moment' })
  await track.press('Home')
  await expect(ide.card('Archivist')).toBeHidden()
  await track.press('End')
  await expect(ide.card('Librarian')).toBeVisible()
  await track.press('ArrowLeft')
  await expect(ide.card('Archivist')).toBeVisible()

  await ide.card('Archivist').click()
  await page.keyboard.press('Delete')
  await expect(page.getByText('The past is read only.')).toBeVisible()
  await expect(page.getByRole('alertdialog')).toBeHidden()

  await past.getByRole('button', { name: 'Live' }).click()
  await expect(ide.card('Librarian')).toBeVisible()
  await expect(past).toBeHidden()
})
