import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test.use({ hasTouch: true })

test('on a phone the list says who is at work; it is stopped, opened and found on the chart by touch', async ({
  ide,
  team,
}) => {
  const { page, dialog } = ide
  await ide.openOrg(team.path)
  await ide.delegate('Cook', 'Boil forty eggs. [rehearse: slow 600000]')
  await page.setViewportSize({ width: 390, height: 844 })
  const atWork = page.getByRole('region', { name: 'At work' })
  const cook = atWork.getByRole('group', { name: 'Cook', exact: true })
  await expect(cook).toContainText('Working')
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page)

  await cook.getByRole('button', { name: 'Stop: Cook' }).tap()
  await dialog.getByRole('button', { name: /^Stop/ }).tap()
  const atRest = page.getByRole('region', { name: 'At rest' })
  await expect(atRest.getByRole('group', { name: 'Cook', exact: true })).toContainText('Cancelled')

  // The same by key: from the list to what stands about one of them, and back to the chart.
  await atRest.getByRole('button', { name: /^Mason/ }).press('Enter')
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible()
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Graph' }).press('Enter')
  await page.getByRole('radio', { name: 'Graph' }).press('Space')
  await expect(ide.graph.locator('[data-workspace-id]').first()).toBeAttached()
})
