import { expect, type Locator, type Page } from '@playwright/test'

/** What a person does to sign in, and with their own account. */
export function accountVerbs(page: Page) {
  const account = page.getByRole('dialog', { name: 'Settings' })
  const fill = async (where: Locator | Page, fields: Record<string, string>) => {
    for (const [label, value] of Object.entries(fields)) await where.getByLabel(label, { exact: true }).fill(value)
  }
  return {
    account,
    async openAccount() {
      await page.getByRole('region', { name: 'Org graph' }).waitFor()
      await page.getByRole('button', { name: 'You', exact: true }).click()
      await page.getByRole('menuitem', { name: 'Settings' }).click()
      await account.getByRole('tab', { name: 'Account' }).click()
      await account.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
    },
    /** Opens a dialog of the account by its button, fills it in and confirms. */
    async change(button: string, fields: Record<string, string>, confirm: string) {
      await account.getByRole('button', { name: button, exact: true }).click()
      const dialog = page.getByRole('dialog').last()
      await fill(dialog, fields)
      await dialog.getByRole('button', { name: confirm, exact: true }).click()
    },
    async signInWith(email: string, password: string) {
      await fill(page, { 'E-mail': email, Password: password })
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    },
    async signOut() {
      const signOut = page.getByRole('menuitem', { name: 'Sign out' })
      // A page that is still filling in may close the menu; a person presses again.
      await expect(async () => {
        await page.getByRole('button', { name: 'You', exact: true }).click({ timeout: 5_000 })
        await signOut.click({ timeout: 2_000 })
      }).toPass({ timeout: 30_000 })
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    },
  }
}

/** A device that can make passkeys and always recognises its owner; needs Chromium. */
export async function giveDevice(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
}
