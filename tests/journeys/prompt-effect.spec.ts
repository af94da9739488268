import { expectAccessible, expectAccessibleInBothThemes } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('an edited prompt is tried on recorded work, its effect seen case by case, then dropped or saved', async ({
  ide,
  team,
}) => {
  const { page } = ide
  await ide.openOrg(team.path)
  for (const task of ['Find a harbour.', 'Find a market.']) {
    await ide.delegate('Captain', task)
    await ide.selectWorkspace('Captain')
    await ide.waitForAnswer(task, 'All parts came back')
    await ide.inspector.getByRole('button', { name: 'All work' }).click()
  }
  await ide.openPrompt('Captain')
  await ide.writeInstead('# Captain\n\nYou lead a small team. Answer in at most 1 sentence.\n')
  await expect(ide.saved).toHaveText('Unsaved changes')

  const dialog = page.getByRole('dialog', { name: 'Try this prompt of Captain on recorded work' })
  const tryIt = page.getByRole('button', { name: 'Try on recorded work' })
  await tryIt.click()
  await expect(dialog).toContainText('at no cost')
  await dialog.getByRole('button', { name: 'Try it on 2 delegations' }).press('Enter')
  await expect(dialog.getByRole('status')).toHaveText('2 answers changed · 0 stayed the same', { timeout: 20_000 })
  const first = dialog.getByRole('listitem').filter({ hasText: 'Find a market.' })
  await expect(first.getByRole('figure', { name: 'Answer before' })).toContainText('Scout')
  await expect(first.getByRole('figure', { name: 'Answer with this prompt' })).not.toContainText('Scout')
  await expect(first.locator('del').first()).toBeVisible()
  await expectAccessibleInBothThemes(page)

  await dialog.getByRole('button', { name: 'Drop the change' }).click()
  await expect(dialog).toBeHidden()
  await expect(ide.saved).toHaveText('Saved')
  await expect(ide.text).not.toContainText('at most')

  await ide.writeInstead('# Captain\n\nAnswer in at most 1 sentence.\n')
  await tryIt.click()
  await dialog.getByRole('button', { name: 'Save the prompt' }).click()
  await expect(ide.saved).toHaveText('Saved')
  await expect(ide.text).toContainText('at most 1 sentence')
})

test('work is forked at a step with another result, and both stand side by side', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await ide.delegate('Captain', 'Find a harbour.')
  await ide.selectWorkspace('Captain')
  await ide.waitForAnswer('Find a harbour.', 'All parts came back')
  const record = ide.inspector.getByRole('region', { name: 'Record' })
  await record.getByRole('button', { name: 'Replay' }).click()
  await expect(page.getByText('The replay is the same, byte for byte')).toBeVisible()

  await record.getByRole('button', { name: 'Fork at a step' }).click()
  const fork = page.getByRole('dialog', { name: 'Fork this work of Captain' })
  await fork.getByLabel('What is other').selectOption('The result of a call')
  await fork.getByLabel('Result of this call').fill('The harbour is a desert.')
  await expectAccessible(page)
  await fork.getByRole('button', { name: 'Fork after step 2' }).click()

  const both = page.getByRole('dialog', { name: 'Original and fork, side by side' })
  await expect(both.getByRole('figure', { name: 'Answer of the fork' })).toContainText('The harbour is a desert.', {
    timeout: 20_000,
  })
  await expect(both.locator('ins')).toContainText(['desert'])
  await expect(both.getByRole('row').filter({ hasText: 'Edited' })).toContainText('The harbour is a desert.')
  await both.getByRole('button', { name: '4 steps are the same in both' }).click()
  await expectAccessibleInBothThemes(page)
  await both.getByRole('button', { name: 'Open the fork' }).click()
  await expect(record.getByRole('button', { name: 'Compare with the original' })).toBeVisible()
})

test('a task is played dry first: who would be called, and nothing is given', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await page.getByRole('button', { name: 'New delegation' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New delegation' })
  await dialog.getByRole('textbox', { name: 'Task' }).fill('Find a harbour.')
  await dialog.getByRole('button', { name: 'Dry run' }).click()
  const run = dialog.getByRole('region', { name: 'Dry run' })
  await expect(run.getByRole('status')).toContainText('6 delegations')
  await expect(run.getByRole('listitem')).toContainText(['Captain', 'Builder', 'Mason', 'Painter', 'Cook', 'Scout'])
  await expectAccessibleInBothThemes(page)
  await page.keyboard.press('Escape')
  await ide.inspector.getByRole('tab', { name: 'Work' }).click()
  await expect(ide.inspector).toContainText('No work yet')
})
