import { expect, signedOut, test } from '../support/test.ts'

test('an org that is not theirs is not there', async ({ page, team }) => {
  await page.goto(team.path.replace(/[0-9a-f]{4}$/, (end) => (end === 'ffff' ? '0000' : 'ffff')))
  await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible()
  await page.getByRole('link', { name: 'Go to your organisation' }).click()
  await expect(page.getByRole('region', { name: 'Org graph' })).toBeVisible()
})

test.describe('signed out', () => {
  test.use({ storageState: signedOut })

  test('every door leads to the sign-in page, and nothing of an org is shown', async ({ page, team }) => {
    for (const door of ['/', team.path]) {
      await page.goto(door)
      await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
      await expect(page.getByText('Captain')).toHaveCount(0)
    }
  })

  test('a link that was used says so and where to find a new one', async ({ page, server, session }) => {
    expect(session.cookies).not.toEqual([])
    await page.goto(server.signInUrl())
    await expect(page.getByText(/was used already/)).toBeVisible()
    await expect(page.getByText(/restart the server to get a new one/)).toBeVisible()
    expect(page.url()).not.toContain('token')
  })
})

test('after signing out, the way back does not lead in', async ({ browser, freshServer }) => {
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const page = await context.newPage()
  await page.goto(freshServer.signInUrl())
  await expect(page.getByRole('region', { name: 'Org graph' })).toBeVisible()
  const org = page.url()
  await page.getByRole('button', { name: 'You' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.goto(org)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await context.close()
})
