import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

const bell = (page: Page) => page.getByRole('button', { name: /^Approvals/ })
const list = (page: Page) => page.getByRole('dialog', { name: 'Approvals' })

/** By way of the bell, which offers it while there is none. */
async function makeRule(page: Page, tool: string): Promise<Locator> {
  await bell(page).click()
  await expect(list(page)).toContainText('Nothing waits for approval')
  await expectAccessible(page)
  await list(page).getByRole('button', { name: 'Make a rule' }).click()
  const dialog = page.getByRole('dialog', { name: 'Approval rules' })
  await dialog.getByRole('button', { name: 'New rule' }).click()
  await dialog.getByRole('button', { name: 'Make the rule' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('Give a name, or * for all.')
  await expectAccessible(page)
  await dialog.getByRole('textbox', { name: 'Tool' }).fill(tool)
  await dialog.getByRole('button', { name: 'Make the rule' }).click()
  await expect(dialog.getByRole('table', { name: 'Rules' })).toContainText(tool)
  return dialog
}

test('a rule makes work ask: approved in the bell by key it goes on, denied it ends with the reason in its trace', async ({
  ide,
  team,
}) => {
  const { page, inspector } = ide
  await ide.openOrg(team.path)
  const dialog = await makeRule(page, 'delegate_task')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  // Builder has two to share with: two questions.
  await ide.delegate('Builder', 'Build a shed.')
  await expect(bell(page)).toHaveAccessibleName('Approvals: 2 waiting')
  const banner = page.getByRole('region', { name: 'Waiting for approval' })
  await expect(banner).toContainText('Builder wants to use delegate_task, and 1 more waits')
  await expectAccessible(page)

  // By key alone: open, walk, say yes; the focus goes to the next.
  await page.locator('body').press('a')
  const questions = list(page).getByRole('list', { name: 'Waiting for approval' })
  const open = questions.locator('button[aria-expanded="true"]')
  await expect(open).toBeFocused()
  await expect(questions.getByRole('article').first().getByText('Mason', { exact: true })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(questions.getByRole('article').last().getByText('Painter', { exact: true })).toBeVisible()
  await expect(open).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(questions.getByRole('article').first().getByText('Mason', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('a')
  await expect(list(page).getByRole('status')).toHaveText('Approved: delegate_task for Builder.')
  await expect(questions.getByRole('listitem')).toHaveCount(1)
  await expect(open).toBeFocused()
  await page.keyboard.press('a')
  await expect(list(page)).toContainText('Nothing waits for approval')
  await page.keyboard.press('Escape')
  await ide.card('Builder').click()
  await ide.waitForAnswer('Build a shed.', 'Answer of the rehearsal model')

  await ide.delegate('Builder', 'Build a tower.')
  await expect(bell(page)).toHaveAccessibleName('Approvals: 2 waiting')
  await banner.getByRole('button', { name: 'Look' }).click()
  await list(page).getByRole('textbox', { name: 'Reason, optional' }).fill('Not before noon.')
  await list(page).getByRole('button', { name: 'Deny delegate_task for Builder' }).click()
  await expect(questions.getByRole('listitem')).toHaveCount(1)
  await expect(open).toBeFocused()
  await page.keyboard.press('d')
  await expect(list(page)).toContainText('Nothing waits for approval')
  await list(page).getByRole('tab', { name: 'History' }).click()
  const answered = list(page).getByRole('list', { name: 'Answered' })
  await expect(answered.getByRole('listitem')).toHaveCount(4)
  await expect(answered).toContainText('“Not before noon.”')
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await inspector.getByRole('button', { name: 'All work' }).click()
  await ide.waitForAnswer('Build a tower.', 'Completed')
  await ide.steps
    .getByRole('button', { name: /delegate_task/ })
    .first()
    .click()
  await expect(ide.steps).toContainText('Not before noon.')
})

test('a question is answered at the step that waits for it, and on a phone in the bell', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await makeRule(page, 'delegate_*')
  await page.keyboard.press('Escape')
  await ide.delegate('Builder', 'Hand this on.')
  await expect(bell(page)).toHaveAccessibleName('Approvals: 2 waiting')
  await ide.card('Builder').click()
  await ide.waitForAnswer('Hand this on.', 'Needs approval')
  const asks = ide.steps.getByRole('region', { name: /^Answer at step/ })
  await expect(asks).toHaveCount(2)
  await expect(asks.first()).toContainText('Waits for a yes')
  await expectAccessible(page)
  await asks.first().getByRole('button', { name: 'Approve delegate_task for Builder' }).click()
  await expect(asks).toHaveCount(1)
  await expect(bell(page)).toHaveAccessibleName('Approvals: 1 waiting')

  await page.setViewportSize({ width: 390, height: 844 })
  await bell(page).click()
  await expectAccessible(page)
  await list(page).getByRole('button', { name: 'Approve delegate_task for Builder' }).click()
  await expect(list(page)).toContainText('Nothing waits for approval')
})
