import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

async function openKeys(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Settings' }).first().click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Keys' }).click()
  return settings
}

/** As a program elsewhere asks: with the token, without a session. */
async function statusOf(address: string, token: string): Promise<number> {
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } })
  await answer.arrayBuffer()
  return answer.status
}

test('a key is made, seen once, used by a program, and opens nothing after it was revoked', async ({
  ide,
  server,
  team,
}) => {
  const { page } = ide
  await ide.openOrg(team.path)
  const settings = await openKeys(page)
  await settings.getByRole('button', { name: 'New key' }).click()
  await settings.getByLabel('Name').fill('Nightly checks')
  await settings.getByLabel('Role').selectOption('viewer')
  await expectAccessible(page)
  await settings.getByRole('button', { name: 'Create the key' }).click()
  const token = await settings.getByRole('status', { name: 'The key Nightly checks' }).innerText()
  expect(token).toMatch(/^dgk_\w{8}_[\w-]{43}$/)
  await settings.getByRole('button', { name: 'Copy it' }).click()
  await settings.getByRole('button', { name: 'I have it' }).click()
  await expect(page.getByText(token)).toBeHidden()

  const org = `${server.url}/api/trpc/orgs.get?input=${encodeURIComponent(JSON.stringify({ orgId: team.id }))}`
  expect(await statusOf(org, token)).toBe(200)
  const keys = settings.getByRole('list', { name: 'Keys' })
  await expect(keys).toContainText(`${token.slice(0, 12)}… · viewer · expires in 90 days`)
  await expectAccessible(page)

  await keys.getByRole('button', { name: 'Revoke Nightly checks' }).click()
  await keys.getByRole('button', { name: 'Revoke it' }).click()
  await expect(settings.getByText('No program has a key')).toBeVisible()
  expect(await statusOf(org, token)).toBe(401)
})

test('an agent outside gets a token for its workspace, and a new one without standing before a closed door', async ({
  ide,
  server,
  team,
}) => {
  const { page, inspector } = ide
  await ide.openOrg(team.path)
  await ide.card('Cook').click()
  await inspector.getByRole('tab', { name: 'Access' }).click()
  await expect(inspector.getByRole('region', { name: 'Contacts' })).toContainText('parent')
  const block = inspector.getByRole('region', { name: 'Token', exact: true })
  const shown = block.getByRole('status', { name: 'The token of Cook' })
  await block.getByRole('button', { name: 'Issue a token' }).click()
  const first = await shown.innerText()
  await expectAccessible(page)
  await block.getByRole('button', { name: 'I have it' }).click()
  const me = `${server.url}/api/agent/me`
  expect(await statusOf(me, first)).toBe(200)

  await block.getByRole('button', { name: 'Rotate it' }).click()
  await block.getByRole('button', { name: 'Rotate it' }).click()
  const second = await shown.innerText()
  await block.getByRole('button', { name: 'I have it' }).click()
  expect([await statusOf(me, first), await statusOf(me, second)]).toEqual([200, 200])
  await expect(block).toContainText('the old one, until')

  await block.getByRole('button', { name: `Revoke ${first.slice(0, 12)}` }).click()
  await expectAccessible(page)
  await block.getByRole('button', { name: 'Revoke it' }).click()
  await expect(block.getByRole('listitem')).toHaveCount(1)
  expect([await statusOf(me, first), await statusOf(me, second)]).toEqual([401, 200])
})
