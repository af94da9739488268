import { chatVerbs } from '../support/chat-verbs.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { serverVerbs } from '../support/server-verbs.ts'
import { expect, test } from '../support/test.ts'

/** What agents do takes as long as the machine lets it. */
const working = { timeout: 30_000 }

test('a person talks with a workspace: with a file, into work that runs, over a reload, again after it failed', async ({
  ide,
  team,
}) => {
  const { page, inspector } = ide
  const chat = chatVerbs(page)
  await ide.openOrg(team.path)
  await ide.card('Scout').click()
  await chat.openChat('Scout')
  await expect(inspector.getByText('Talk with Scout')).toBeVisible()
  await expectAccessible(page)
  await inspector.getByRole('button', { name: 'What can you do, Scout, and whom do you work with?' }).click()
  await expect(chat.words('Scout')).toBeFocused()
  await expect(chat.words('Scout')).toHaveValue('What can you do, Scout, and whom do you work with?')

  const answer = '## Tides\\nSee [the source](https://example.com/tides), not [this](javascript:alert(1)).'
  const files = inspector.getByLabel('Files to attach')
  await files.setInputFiles({ name: 'tides.md', mimeType: 'text/markdown', buffer: Buffer.from('Ebb at noon.') })
  const toSend = inspector.getByRole('list', { name: 'Files to send' })
  await expect(toSend).toContainText('tides.md 12 B')
  await expect(toSend).not.toContainText('on its way', working)
  // Looking elsewhere loses neither the words nor the files.
  await inspector.getByRole('button', { name: 'Agent comms' }).click()
  await inspector.getByRole('button', { name: 'My chat' }).click()
  await expect(toSend).toContainText('tides.md 12 B')
  await expect(chat.words('Scout')).toHaveValue('What can you do, Scout, and whom do you work with?')
  await chat.say('Scout', `Read this. [rehearse: answer ${answer.replaceAll('\\n', '\n')}]`)
  await expect(chat.turn(1)).toContainText('Completed', working)
  await expect(chat.turn(1)).toContainText('Ebb at noon.')
  const link = chat.turn(1).getByRole('link', { name: /the source/ })
  await expect(link).toHaveAttribute('rel', /noopener/)
  await expect(chat.turn(1).getByText('[this](javascript:alert(1))').last()).toBeVisible()
  const download = page.waitForEvent('download')
  await chat
    .turn(1)
    .getByRole('link', { name: /tides\.md/ })
    .click()
  expect((await download).suggestedFilename()).toBe('tides.md')
  await expectAccessible(page)

  // Its next turn goes on over a reload, hears more words, and is stopped; what was not sent is still there.
  await chat.say('Scout', 'And tomorrow? [rehearse: slow 60000]')
  await expect(chat.turn(2).getByRole('button', { name: 'Stop' })).toBeVisible()
  await chat.say('Scout', 'Take your time.')
  await expect(chat.turn(2)).toContainText('Take your time.', working)
  await chat.words('Scout').fill('Not sent yet')
  await page.reload()
  await expect(chat.words('Scout')).toHaveValue('Not sent yet')
  await expect(chat.turn(2)).toContainText('Writing', working)
  await expectAccessible(page)
  await chat.turn(2).getByRole('button', { name: 'Stop' }).click()
  await expect(chat.turn(2)).toContainText('Cancelled', working)

  await chat.say('Scout', 'Once more. [rehearse: fail The library is closed]')
  await expect(chat.turn(3)).toContainText('The library is closed', working)
  await chat.turn(3).getByRole('button', { name: 'Ask again' }).click()
  await expect(chat.turn(4)).toContainText('The library is closed', working)
  await expectAccessible(page)

  // Asked again with what it was given the first time.
  await chat.turn(4).getByRole('button', { name: 'Open the trace' }).click()
  await expect(inspector.getByRole('region', { name: 'Steps' })).toContainText('With 2 turns from before.')
})

test('by key alone: words are recalled, a conversation begun anew, and what agents say to each other is read', async ({
  ide,
  team,
}) => {
  const { page, inspector } = ide
  const chat = chatVerbs(page)
  await ide.openOrg(team.path)
  await ide.card('Builder').click()
  await inspector.getByRole('tab', { name: 'Overview' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(inspector.getByRole('tab', { name: 'Chat', selected: true })).toBeFocused()
  await chat.words('Builder').focus()
  await page.keyboard.type('Build a shed.')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('A red one.')
  await page.keyboard.press('Enter')
  await expect(chat.turn(1)).toContainText('Completed', working)
  await expect(chat.words('Builder')).toHaveValue('')
  await page.keyboard.press('ArrowUp')
  await expect(chat.words('Builder')).toHaveValue('Build a shed.\nA red one.')
  await page.keyboard.press('ArrowDown')
  await expect(chat.words('Builder')).toHaveValue('')

  await inspector.getByRole('button', { name: 'New conversation' }).focus()
  await page.keyboard.press('Enter')
  await expect(inspector.getByText('Talk with Builder')).toBeVisible()
  await chat.words('Builder').focus()
  await page.keyboard.type('A tower now.')
  await page.keyboard.press('Enter')
  await expect(chat.turn(1)).toContainText('A tower now.')
  await expect(chat.turn(1)).toContainText('Completed', working)
  await expect(inspector.getByRole('combobox', { name: 'Conversation' }).getByRole('option')).toHaveCount(2)

  await inspector.getByRole('button', { name: 'Agent comms' }).focus()
  await page.keyboard.press('Enter')
  const comms = inspector.getByRole('region', { name: 'Agent comms' })
  await expect(comms.getByRole('article', { name: 'Builder to Mason' })).toHaveCount(2)
  await expect(comms.getByRole('article', { name: 'Builder to Painter' }).first()).toContainText('Completed', working)
  await expectAccessible(page)
})

test('an approval is answered where the conversation waits for it', async ({ ide, team, server }) => {
  const { page, inspector } = ide
  const chat = chatVerbs(page)
  await ide.openOrg(team.path)
  const rule = { tool: 'delegate_task', workspaceId: null, maxTier: null, minCost: null, expiresSeconds: 600 }
  const { act } = serverVerbs(page.request, server.url)
  await act('approvals.setRule', { orgId: team.id, escalate: 'people', ...rule })
  await ide.card('Captain').click()
  await chat.openChat('Captain')
  await chat.say('Captain', 'Sail around the island.')
  await expect(chat.turn(1)).toContainText('Needs approval', working)
  const asks = chat.turn(1).getByRole('region', { name: /^Answer at step/ })
  await expect(asks).toHaveCount(3)
  await expectAccessible(page)
  const ask = (whom: string) => asks.filter({ has: page.getByText(whom, { exact: true }) })
  await ask('Scout')
    .getByRole('button', { name: /^Approve/ })
    .click()
  await expect(asks).toHaveCount(2)
  await ask('Cook')
    .getByRole('button', { name: /^Approve/ })
    .click()
  await expect(asks).toHaveCount(1)
  // Builder would hand on and ask in a conversation of its own.
  await ask('Builder').getByRole('button', { name: /^Deny/ }).click()
  await expect(inspector.getByRole('log', { name: 'Conversation' })).toContainText('Completed', working)
})
