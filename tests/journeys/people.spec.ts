import type { Browser, Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import { openIde } from '../support/ide.ts'
import { expect, type Org, signedOut, test } from '../support/test.ts'

/** Invites somebody in the settings and gives the link that is shown for them. */
async function invite(page: Page, team: Org, email: string, role: string): Promise<string> {
  await page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
  await page.getByRole('menuitem', { name: 'People…' }).click()
  const form = page.getByRole('form', { name: 'Invite somebody' })
  await form.getByLabel('Invite by e-mail').fill(email)
  await form.getByLabel('As').selectOption(role)
  await form.getByRole('button', { name: 'Invite' }).click()
  return await page.getByRole('textbox', { name: 'Link' }).inputValue()
}

/** In a browser of their own, where nobody is signed in. */
async function newcomer(browser: Browser, url: string) {
  const context = await browser.newContext({ storageState: signedOut, baseURL: url })
  return openIde(await context.newPage())
}

async function joinBy(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Password').fill('four words in a row')
  await page.getByRole('button', { name: 'Make an account and join' }).click()
}

test('somebody is invited, joins by the link, and is seen by the others; what they may do follows their role live', async ({
  ide,
  team,
  browser,
  server,
}) => {
  await ide.openOrg(team.path)
  const { page } = ide
  const link = await invite(page, team, 'vera@example.com', 'viewer')
  await expectAccessible(page)

  const vera = await newcomer(browser, server.url)
  await vera.page.goto(link)
  await expect(vera.page.getByRole('heading', { name: `Join ${team.name}` })).toBeVisible()
  expect(vera.page.url()).not.toContain('token')
  await expectAccessible(vera.page)
  await joinBy(vera.page, link, 'Vera Viewer')
  await expect(vera.page.getByRole('button', { name: `Organisation: ${team.name}` })).toBeVisible()
  const people = page.getByRole('region', { name: 'Members' })
  await expect(people.getByText('Vera Viewer', { exact: true })).toBeVisible()

  // A viewer sees everything, and is told why nothing can be typed.
  await vera.selectWorkspace('Captain')
  await expect(vera.graph.getByRole('button', { name: 'New delegation' })).toBeHidden()
  await vera.page.getByRole('button', { name: 'Open prompt' }).click()
  await expect(vera.page.getByText('Read only: your role is viewer')).toBeVisible()

  await people.getByLabel('Role of Vera Viewer').selectOption('member')
  await expect(vera.graph.getByRole('button', { name: 'New delegation' })).toBeVisible()
  await expect(vera.page.getByText('Your role is now member')).toBeVisible()
  await expect(vera.page.getByText(/^Read only/)).toBeHidden()

  await people.getByRole('button', { name: 'Remove Vera Viewer' }).click()
  await people.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(vera.page.getByRole('heading', { name: `You are no longer in ${team.name}` })).toBeVisible()
  await expectAccessible(vera.page)
  await expect(people.getByText('Vera Viewer', { exact: true })).toBeHidden()
  await vera.page.context().close()
})

test('an invitation is used up, can be revoked, and is for its address only', async ({
  ide,
  team,
  browser,
  server,
}) => {
  await ide.openOrg(team.path)
  const { page } = ide
  const link = await invite(page, team, 'ines@example.com', 'member')
  // The owner has another address.
  const other = await page.context().newPage()
  await other.goto(link)
  await expect(other.getByText('The invitation is for ines@example.com')).toBeVisible()
  await other.close()

  await page.getByRole('button', { name: 'Revoke the invitation of ines@example.com' }).click()
  await expect(page.getByRole('region', { name: 'Invitations' })).toBeHidden()
  const ines = await newcomer(browser, server.url)
  await ines.page.goto(link)
  await expect(ines.page.getByRole('alert')).toContainText('This invitation does not hold any more.')
  await ines.page.context().close()
})

test('an organisation is made, renamed and deleted by typing its name; another tab is told', async ({ ide, team }) => {
  await ide.openOrg(team.path)
  const { page } = ide
  await page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
  await page.getByRole('menuitem', { name: 'New organisation…' }).click()
  await ide.dialog.getByLabel('Name').fill('Short lived')
  await ide.dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('This org has no workspace yet')).toBeVisible()

  await page.getByRole('button', { name: 'Organisation: Short lived' }).click()
  await page.getByRole('menuitem', { name: 'Organisation settings…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Shorter lived')
  await page.getByRole('button', { name: 'Rename' }).click()
  await expect(page.getByRole('button', { name: 'Organisation: Shorter lived', includeHidden: true })).toBeVisible()
  await expectAccessible(page)

  const tab = await page.context().newPage()
  await tab.goto(page.url().replace(/\?.*/, ''))
  await expect(tab.getByRole('status', { name: 'Connection' })).toHaveText('Live')
  await page.bringToFront()
  await page.getByRole('button', { name: 'Delete…' }).click()
  const sure = page.getByRole('dialog', { name: /Delete this organisation/ })
  await expect(sure.getByRole('button', { name: 'Delete for good' })).toBeDisabled()
  await sure.getByLabel('Type Shorter lived to confirm').fill('Shorter lived')
  await sure.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByRole('button', { name: /^Organisation: / })).toBeVisible()
  await expect(tab.getByRole('heading', { name: 'Shorter lived was deleted' })).toBeVisible()
})
