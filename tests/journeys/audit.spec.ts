import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('the audit tells live who did what from where, is narrowed and walked by key, and verifies', async ({
  ide,
  team,
}) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await ide.delegate('Builder', 'Build a shed.')
  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Audit' }).click()
  const audit = page.getByRole('region', { name: 'Audit' })
  const rows = audit.getByRole('list', { name: 'Events' }).locator('[data-row]')
  await expect(rows.filter({ hasText: 'Tool call delegate_task' }).first()).toBeVisible()

  // By words, and cleared again.
  const words = audit.getByRole('searchbox', { name: 'Words in the log' })
  await words.fill('Build')
  await expect(page).toHaveURL(/q=Build/)
  await page.keyboard.type('er')
  await expect(words).toHaveValue('Builder')
  await expect(rows.filter({ hasText: 'Delegation queued' }).first()).toContainText('Builder')
  await audit.getByLabel('What', { exact: true }).selectOption('delegation')
  await expect(rows.filter({ hasText: 'Tool call' })).toHaveCount(0)
  await expect(page).toHaveURL(/about=delegation/)
  await words.fill('Builder of')
  await audit.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(words).toHaveValue('')
  await expect(page).not.toHaveURL(/q=/)

  // By key from event to event; the open one tells all that is known.
  const first = rows.filter({ hasText: 'Delegation queued' }).last()
  await first.click()
  const detail = page.getByRole('complementary', { name: 'Event' })
  await expect(detail).toContainText('127.0.0.1')
  await expect(detail).toContainText('By session')
  await expect(detail).toContainText(/Own[0-9a-f]{64}/)
  await expectAccessible(page)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect(detail.getByRole('heading', { level: 2 })).not.toHaveText('Delegation queued')

  await audit.getByRole('button', { name: 'Verify' }).click()
  const verdict = page.getByRole('dialog', { name: 'What verifying found' })
  await expect(verdict).toContainText('Nothing was changed or taken out')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page)

  const saved = page.waitForEvent('download')
  await audit.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Table (CSV)' }).click()
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/)
  await expect(rows.filter({ hasText: 'Audit exported' }).first()).toBeVisible()

  await words.fill('no such words')
  await expect(audit).toContainText('Nothing fits')
  await audit.getByRole('button', { name: 'Clear the filter' }).click()
  await expect(rows.first()).toBeVisible()
})
