import type { Page } from '@playwright/test'
import { accountVerbs } from '../support/account-verbs.ts'
import { openIde } from '../support/ide.ts'
import { expect, type Org, signedOut, test } from '../support/test.ts'

const password = 'four words in a row'

async function invite(page: Page, team: Org, email: string): Promise<string> {
  await page.goto(team.path)
  await page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
  await page.getByRole('menuitem', { name: 'People…' }).click()
  const form = page.getByRole('form', { name: 'Invite somebody' })
  await form.getByLabel('Invite by e-mail').fill(email)
  await form.getByLabel('As').selectOption('member')
  await form.getByRole('button', { name: 'Invite' }).click()
  return await page.getByRole('textbox', { name: 'Link' }).inputValue()
}

test('what one person typed in a browser waits there for them; the next one neither sees nor sends it', async ({
  ide,
  team,
  browser,
  server,
}) => {
  const links = [await invite(ide.page, team, 'ada@example.com'), await invite(ide.page, team, 'grace@example.com')]
  const context = await browser.newContext({ storageState: signedOut, baseURL: server.url })
  const shared = openIde(await context.newPage())
  const { page } = shared
  const account = accountVerbs(page)
  const join = async (link: string | undefined, name: string) => {
    await page.goto(link ?? '')
    await page.getByLabel('Your name').fill(name)
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Make an account and join' }).click()
    await shared.card('Captain').waitFor()
    await shared.selectWorkspace('Captain')
    await shared.openPrompt('Captain')
  }

  await join(links[0], 'Ada')
  await page.route('**/api/trpc/drafts.push*', (route) => route.abort())
  await shared.text.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('Only Ada wrote this')
  await expect(shared.saved).toHaveText('Unsaved changes')
  await account.signOut()
  await page.unroute('**/api/trpc/drafts.push*')

  await join(links[1], 'Grace')
  await expect(shared.saved).toHaveText('Saved')
  await expect(shared.text).not.toContainText('Only Ada wrote this')
  await account.signOut()

  await account.signInWith('ada@example.com', password)
  await shared.card('Captain').waitFor()
  await shared.selectWorkspace('Captain')
  await shared.openPrompt('Captain')
  await expect(shared.text).toContainText('Only Ada wrote this')
  await expect(shared.saved).toHaveText('Unsaved changes')
  await context.close()
})
