import { accountVerbs, giveDevice } from '../support/account-verbs.ts'
import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { openIde } from '../support/ide.ts'
import { expect, signedOut, test } from '../support/test.ts'
import { totp } from '../support/totp.ts'

const email = 'mara@example.com'
const password = 'correct horse battery'

test('the owner of the machine gets a password, a second factor and a passkey, and ends what is open elsewhere', async ({
  browser,
  freshServer,
}) => {
  test.slow()
  // Passkeys belong to a name: the same server by its name instead of its address.
  const at = (url: string) => url.replace('127.0.0.1', 'localhost')
  const here = await (await browser.newContext({ storageState: signedOut })).newPage()
  const there = await (await browser.newContext({ storageState: signedOut })).newPage()
  const me = accountVerbs(here)
  const graph = here.getByRole('region', { name: 'Org graph' })
  await giveDevice(here)
  await here.goto(at(freshServer.signInUrl()))

  // An account of one's own.
  await me.openAccount()
  await expectAccessible(here)
  await me.change('Add an address', { 'E-mail': email }, 'Add address')
  await expect(me.account.getByText(email)).toBeVisible()
  await me.change('Set a password', { 'New password': password }, 'Set password')
  await expect(me.account.getByRole('button', { name: 'Change password' })).toBeVisible()

  // Signed in elsewhere, seen here, ended here: the other page says so at once, and leads back to where it was.
  await there.goto(at(freshServer.url))
  const other = accountVerbs(there)
  await other.signInWith(email, 'not my password at all')
  await expect(there.getByRole('alert').first()).toContainText('wrong')
  await expectAccessible(there)
  await other.signInWith(email, password)
  await there.getByRole('region', { name: 'Org graph' }).waitFor()
  await openIde(there).selectWorkspace('Researcher')
  await openIde(there).openPrompt('Researcher')
  await openIde(there).writeInstead('Typed and never saved.')
  const place = there.url()
  await me.account.getByRole('tab', { name: 'Display' }).click()
  await me.account.getByText('Kept on this device.').waitFor()
  await me.account.getByRole('tab', { name: 'Account' }).click()
  const sessions = me.account.getByRole('list', { name: 'Sessions' }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await sessions.getByRole('button', { name: /^Sign out/ }).click()
  await expect(sessions).toHaveCount(1)
  await there.getByText('Your session has ended').waitFor()
  await other.signInWith(email, password)
  await expect(there).toHaveURL(place)
  await expect(openIde(there).editor).toContainText('Typed and never saved.')
  await there.close()

  // A passkey.
  await me.change('Add a passkey', { Name: 'Desk' }, 'Add passkey')
  await expect(me.account.getByRole('list', { name: 'Your passkeys' })).toContainText('Desk')
  await me.change('Rename Desk', { Name: 'Desk at home' }, 'Rename')
  await expect(me.account.getByRole('list', { name: 'Your passkeys' })).toContainText('Desk at home')

  // A second factor.
  await me.change('Turn on', { 'Your password': password }, 'Go on')
  const scan = here.getByRole('dialog', { name: 'Scan this with your app' })
  const secret = await scan.getByTestId('totp-secret').innerText()
  await expectAccessible(here)
  await scan.getByLabel('Code from your app').fill(totp(secret))
  await scan.getByRole('button', { name: 'Turn it on' }).click()
  const kept = here.getByRole('dialog', { name: 'The second factor is on' })
  await expect(kept.getByRole('listitem')).toHaveCount(10)
  await kept.getByRole('button', { name: 'I have kept them' }).click()
  await expect(me.account).toContainText('10 backup codes left')
  await expectAccessible(here)
  await here.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(here)
  await here.keyboard.press('Escape')

  // Out, and in again by both.
  await me.signOut()
  await expectReadable(here)
  await me.signInWith(email, password)
  await here.getByLabel('Code from your app').fill('000000')
  await here.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(here.getByRole('alert')).toContainText('not right')
  await here.getByLabel('Code from your app').fill(totp(secret))
  await here.getByRole('button', { name: 'Sign in', exact: true }).click()
  await graph.waitFor()

  // And by the passkey alone, which stands for both.
  await me.signOut()
  await here.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await graph.waitFor()
})
