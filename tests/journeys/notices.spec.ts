import type { Page } from '@playwright/test'
import { expectAccessible, expectAccessibleInBothThemes } from '../support/expect-accessible.ts'
import { openIde } from '../support/ide.ts'
import { expect, signedOut, signIn, test } from '../support/test.ts'

const bell = (page: Page) => page.getByRole('button', { name: /^Notices/ })
const panel = (page: Page) => page.getByRole('dialog', { name: 'Notices' })
const rows = (page: Page) => panel(page).getByRole('list', { name: 'Notices, newest first' }).getByRole('listitem')

test('what was completed is told at the bell, leads to the work, and what is read stays read in another browser', async ({
  ide,
  team,
  browser,
  session,
  baseURL,
}) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await bell(page).click()
  await expect(panel(page)).toContainText('Nothing needs you')
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await ide.delegate('Cook', 'Boil an egg.')
  await ide.delegate('Mason', 'Lay a stone.')
  await expect(bell(page)).toHaveAccessibleName('Notices: 2 unread', { timeout: 30_000 })
  await bell(page).click()
  await expect(rows(page)).toHaveCount(2)
  await expectAccessibleInBothThemes(page)
  const cooked = rows(page).filter({ hasText: 'Cook completed its work' })
  await expect(cooked).toContainText('Boil an egg.')
  await cooked.getByRole('button', { name: /^Read it/ }).click()
  await expect(ide.inspector.getByRole('region', { name: 'Delegation' })).toContainText('Boil an egg.')
  await expect(bell(page)).toHaveAccessibleName('Notices: 1 unread')
  await page.reload()
  await expect(bell(page)).toHaveAccessibleName('Notices: 1 unread')

  // By key alone: open, mark, and leave.
  await page.keyboard.press('b')
  await expect(rows(page).filter({ hasText: 'Unread' })).toHaveCount(1)
  await panel(page).getByRole('button', { name: 'Mark as read' }).press('Enter')
  await expect(bell(page)).toHaveAccessibleName('Notices: all read')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()

  // Elsewhere the same person has read them too; a kind that is put away is put away there as well.
  const context = await browser.newContext({ storageState: session, ...(baseURL && { baseURL }) })
  const elsewhere = await context.newPage()
  await openIde(elsewhere).openOrg(team.path)
  await expect(bell(elsewhere)).toHaveAccessibleName('Notices: all read')
  await bell(elsewhere).click()
  await panel(elsewhere).getByRole('button', { name: 'Kinds' }).click()
  await panel(elsewhere).getByRole('switch', { name: 'Work completed' }).press('Space')
  await expect(panel(elsewhere).getByRole('switch', { name: 'Work completed' })).not.toBeChecked()
  await expectAccessible(elsewhere)
  await panel(elsewhere).getByRole('button', { name: 'Back to the notices' }).click()
  await expect(panel(elsewhere)).toContainText('Nothing needs you')
  await context.close()
  await page.reload()
  await bell(page).click()
  await expect(panel(page)).toContainText('Nothing needs you')
})

test('a question that waits is counted at the hand, and the bell only points at it', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await page.getByRole('button', { name: /^Approvals/ }).click()
  await page.getByRole('dialog', { name: 'Approvals' }).getByRole('button', { name: 'Make a rule' }).click()
  const rules = page.getByRole('dialog', { name: 'Approval rules' })
  await rules.getByRole('button', { name: 'New rule' }).click()
  await rules.getByRole('textbox', { name: 'Tool' }).fill('delegate_task')
  await rules.getByRole('button', { name: 'Make the rule' }).click()
  await expect(rules.getByRole('table', { name: 'Rules' })).toContainText('delegate_task')
  await page.keyboard.press('Escape')
  await ide.delegate('Builder', 'Build a shed.')
  await expect(page.getByRole('button', { name: 'Approvals: 2 waiting' })).toBeVisible()
  await expect(bell(page)).toHaveAccessibleName('Notices: all read')
  await bell(page).click()
  await expect(panel(page)).toContainText('2 questions wait for approval')
  await expectAccessible(page)
  await panel(page).getByRole('button', { name: 'Answer' }).click()
  await expect(panel(page)).toBeHidden()
  await expect(page.getByRole('dialog', { name: 'Approvals' })).toBeVisible()
})

test('a connection that stays lost is told, and that it is back', async ({ browser, freshServer }) => {
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const page = await context.newPage()
  await signIn(page, freshServer)
  await expect(page.getByRole('status', { name: 'Connection' })).toHaveText('Live')
  await freshServer.kill()
  await expect(page.getByText('The server does not answer.')).toBeVisible({ timeout: 15_000 })
  await freshServer.restart()
  await expect(page.getByText('The server is back.')).toBeVisible({ timeout: 20_000 })
  await bell(page).click()
  await expect(rows(page).filter({ hasText: 'The server is back.' })).toHaveCount(1)
  await context.close()
})
