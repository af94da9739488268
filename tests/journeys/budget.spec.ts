import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

const gauge = (page: Page) => page.getByRole('button', { name: /^Budgets/ })

async function openBudgets(page: Page): Promise<Locator> {
  await gauge(page).click()
  const dialog = page.getByRole('dialog', { name: 'Budgets' })
  await expect(dialog).toBeVisible()
  return dialog
}

type Wanted = { whose: string; workspace?: string; period: string; field: string; limit: string }

async function setBudget(dialog: Locator, { whose, workspace, period, field, limit }: Wanted): Promise<void> {
  await dialog.getByRole('button', { name: 'New budget' }).click()
  await dialog.getByLabel('Whose work').selectOption({ label: whose })
  if (workspace) await dialog.getByLabel('Workspace', { exact: true }).selectOption({ label: workspace })
  await dialog.getByLabel('Counted together').selectOption({ label: period })
  await dialog.getByLabel(field).fill(limit)
  await dialog.getByRole('button', { name: 'Set the budget' }).click()
  await expect(dialog.getByRole('button', { name: 'New budget' })).toBeVisible()
}

test('work without room in its budget waits with the reason, and goes on once the budget is raised', async ({
  ide,
  team,
}) => {
  const { page, inspector } = ide
  await ide.openOrg(team.path)
  const dialog = await openBudgets(page)
  await setBudget(dialog, {
    whose: 'One workspace alone',
    workspace: 'Cook',
    period: 'Each single run',
    field: 'Tokens',
    limit: '10',
  })
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await ide.delegate('Cook', 'Make soup for six.')
  await expect(ide.card('Cook')).toHaveAttribute('data-activity', 'waiting-budget')
  await expect(gauge(page)).toContainText('1 waiting')
  await ide.card('Cook').click()
  await expect(inspector.getByRole('region', { name: 'Spend and limits' })).toContainText('Tokens, a run0 of 10')
  await ide.waitForAnswer('Make soup for six.', 'The budget of Cook for each run has 10 tokens left of 10 tokens')
  await expect(inspector.getByText('A manager, admin or owner can raise it.').first()).toBeVisible()
  await expect(inspector.getByRole('button', { name: 'Continue (+25 steps)' })).toBeHidden()
  await expectAccessible(page)

  const raise = inspector.getByRole('form', { name: 'Raise the budget' })
  await raise.getByRole('textbox', { name: 'New limit: tokens' }).fill('1000000')
  await raise.getByRole('button', { name: 'Raise to 1,000,000' }).click()
  await expect(inspector.getByRole('region', { name: 'Delegation' })).toContainText('Answer of the rehearsal model')
  await expect(gauge(page)).not.toContainText('waiting')
})

test('what people see of money is what was charged, never more than the cap, down to the last parallel run', async ({
  ide,
  team,
}) => {
  const { page } = ide
  await ide.openOrg(team.path)
  const dialog = await openBudgets(page)
  await dialog.getByRole('tab', { name: 'Prices' }).click()
  await dialog.getByRole('button', { name: 'Set the price of rehearsal' }).click()
  await dialog.getByRole('textbox', { name: 'In', exact: true }).fill('4')
  await dialog.getByRole('textbox', { name: 'Out' }).fill('4')
  await dialog.getByRole('button', { name: 'Set the price', exact: true }).click()
  await expect(dialog.getByText('Your price')).toBeVisible()
  await dialog.getByRole('tab', { name: 'Budgets' }).click()
  await setBudget(dialog, {
    whose: 'The whole organisation',
    period: 'Each day (UTC)',
    field: 'Money in $',
    limit: '0.12',
  })
  await page.keyboard.press('Escape')

  // More at once than the budget holds the worst case of: those without room wait, and go on as others cost less.
  const people = ['Cook', 'Scout', 'Mason', 'Painter']
  for (const to of people) await ide.delegate(to, `A short word from ${to}. [rehearse: slow 1500]`)
  for (const to of people) await expect(ide.card(to)).toContainText('Completed', { timeout: 30_000 })
  const input = encodeURIComponent(JSON.stringify({ orgId: team.id }))
  const { result } = await (await page.request.get(`/api/trpc/budgets.list?input=${input}`)).json()
  const { used, limits } = result.data[0]
  expect(used.money).toBeGreaterThan(0)
  expect(used.money).toBeLessThanOrEqual(limits.money)
  const shown = `$${(used.money / 1_000_000).toFixed(4)}`
  await expect(gauge(page)).toContainText(shown)
  await expect(await openBudgets(page)).toContainText(`${shown} of $0.1200 today`)
  await dialog.getByRole('tab', { name: 'Spend' }).click()
  await expect(dialog.getByRole('term').filter({ hasText: 'Today' }).locator('..')).toContainText(shown)
  await expectAccessible(page)
})
