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

test('the question whether to stop the company counts the present, also from the past', async ({ ide, page, team }) => {
  await ide.openOrg(team.path)
  await ide.delegate('Cook', 'Take your time. [rehearse: slow 60000]')
  await expect(ide.card('Cook')).toHaveAttribute('data-activity', 'working')
  await page.getByRole('button', { name: 'Look back' }).click()
  const past = page.getByRole('region', { name: 'The past of the org' })
  await past.getByRole('slider', { name: 'Moment' }).press('Home')
  await expect(ide.card('Cook')).toBeHidden()
  await page.getByRole('button', { name: /^Organisation:/ }).click()
  await page.getByRole('menuitem', { name: 'Stop the company…' }).click()
  const ask = page.getByRole('dialog', { name: 'Stop the company?' })
  await expect(ask.getByRole('status', { name: 'What would end' })).toContainText('1 delegation ends')
  await ask.getByRole('textbox', { name: 'Type “stop” to confirm' }).fill('stop')
  await page.keyboard.press('Enter')
  const done = page.getByRole('dialog', { name: 'The company is stopped' })
  await expect(done.getByRole('status')).toContainText(/1 of 1 delegation ended in/)
})
