import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

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
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page)
  await page.emulateMedia({ colorScheme: 'light' })
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
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.keyboard.press('Escape')
  await ide.inspector.getByRole('tab', { name: 'Work' }).click()
  await expect(ide.inspector).toContainText('No work yet')
})
