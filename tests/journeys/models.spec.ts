import { chatVerbs } from '../support/chat-verbs.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { startModelProvider } from '../support/model-provider.ts'
import { serverVerbs } from '../support/server-verbs.ts'
import { expect } from '../support/test.ts'
import { testBeside } from '../support/test-beside.ts'

const model = 'openai:gpt-4o-mini'
const key = 'sk-canary-Zx81kQpLw93mVbT7uEaR45yH'

/** A server that may reach the provider of this test. */
const test = testBeside(startModelProvider, ({ port }) => ({ DELEGRAPH_ALLOWED_ADDRESSES: `127.0.0.1:${port}` }))

test('a model lacks a key, gets it, is tried, and answers word by word after one line of config', async ({
  server,
  neighbour: provider,
  team: org,
  ide,
  page,
}) => {
  const { act } = serverVerbs(page.request, server.url)
  const address = { name: 'OPENAI_BASE_URL', value: `http://127.0.0.1:${provider.port}/v1`, workspaceId: null }
  await act('secrets.set', { orgId: org.id, ...address })

  // What it lacks is said where it stands, and given there; all by keys.
  await page.goto(`${org.path}?settings=models`)
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('list', { name: 'Models in use' })).toContainText('rehearsal')
  await expectAccessible(page)
  await settings.getByRole('searchbox', { name: 'Search models' }).fill('openai 4o-mini')
  const row = settings.getByRole('listitem', { name: model, exact: true })
  await expect(row).toContainText('per million tokens')
  await expect(row.getByRole('button', { name: `Test ${model}` })).toHaveCount(0)
  await settings.getByRole('button', { name: 'Add OPENAI_API_KEY' }).press('Enter')
  await settings.getByLabel('OPENAI_API_KEY', { exact: true }).pressSequentially(key)
  await page.keyboard.press('Enter')
  await row.getByRole('button', { name: `Test ${model}` }).press('Enter')
  await expect(row.getByRole('status')).toContainText('Answered “ready”')
  await expect(row.getByRole('status')).toContainText('for $')
  expect(provider.asked.at(-1)?.key).toBe(`Bearer ${key}`)
  await expectAccessible(page)

  // A name of the organisation's own.
  await settings.getByRole('searchbox', { name: 'Search models' }).fill('')
  await settings.getByRole('button', { name: 'Another short name' }).click()
  await settings.getByRole('textbox', { name: 'Short name' }).fill('best')
  await settings.getByRole('textbox', { name: 'Stands for' }).fill(model)
  await page.keyboard.press('Enter')
  await expect(settings.getByRole('listitem', { name: 'best', exact: true })).toContainText('Yours')
  await page.keyboard.press('Escape')
  await expect(settings).toBeHidden()

  // One line of config; the words are shown as they come, and stay when they are recorded.
  await act('orgs.setRehearsal', { orgId: org.id, isRehearsal: false })
  await ide.selectWorkspace('Cook')
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await inspector.getByRole('tab', { name: 'Overview' }).click()
  await inspector.getByRole('textbox', { name: 'Model' }).fill('best')
  await inspector.getByRole('button', { name: 'Save role and model' }).click()
  await expect(inspector.getByRole('button', { name: 'Save role and model' })).toHaveCount(0)
  const chat = chatVerbs(page)
  await chat.openChat('Cook')
  await chat.say('Cook', 'What is for dinner?')
  await expect.poll(provider.isAsked).toBe(true)
  provider.say('Soup of ')
  provider.say('the day')
  // The last letters wait for what follows: they might be the beginning of a secret.
  await expect(chat.turn(1)).toContainText('Soup of the')
  await page.reload()
  await expect(chat.turn(1)).toContainText('Soup of the')
  provider.say(', with bread.')
  provider.end()
  await expect(chat.turn(1)).toContainText('Soup of the day, with bread.')
  await expect(chat.turn(1)).toContainText('$')
})
