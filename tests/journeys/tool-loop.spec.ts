import { chatVerbs } from '../support/chat-verbs.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { type Asked, type Said, startScriptedProvider } from '../support/scripted-provider.ts'
import { serverVerbs } from '../support/server-verbs.ts'
import { smallTeam, withTemplate } from '../support/template.ts'
import { expect, findOrg } from '../support/test.ts'
import { testBeside } from '../support/test-beside.ts'

const code = `let sum = 0
for (let number = 1; number <= 100; number += 1) sum += number
console.log(sum)`

/** The captain plans and hands on; the cook computes, and answers with what the sandbox gave. */
function answer({ words, results }: Asked): Said {
  const last = results.at(-1) ?? ''
  if (words.includes('Sum it up')) {
    if (results.length === 0) {
      const items = [{ title: 'Have it computed' }, { title: 'Say what came out' }]
      return { calls: [{ tool: 'create_plan', args: { items } }] }
    }
    if (results.length > 1) return { text: `Captain: ${last.includes('5050') ? 'it is 5050' : 'nobody knows'}.` }
    return { calls: [{ tool: 'delegate_task', args: { workspace: 'Cook', task: 'Add 1 to 100' } }] }
  }
  if (results.length > 0) return { text: `Cook: ${last.includes('5050') ? 'it is 5050' : last}.` }
  return { calls: [{ tool: 'run_code', args: { language: 'javascript', code } }] }
}

/** A server that may reach the provider of this test. */
const test = testBeside(
  () => startScriptedProvider(answer),
  ({ port }) => ({ DELEGRAPH_ALLOWED_ADDRESSES: `127.0.0.1:${port}` }),
).extend({
  team: async ({ server, page }, use) => {
    const files = smallTeam('Sum team')
    const org = files['org.yaml']?.replace('model: rehearsal', 'model: "openai:gpt-4o-mini"') ?? ''
    await withTemplate({ ...files, 'org.yaml': org }, (dir) => server.importTemplate(dir))
    await use(await findOrg(page.request, 'Sum team'))
  },
})

test('a team plans, delegates, asks before it runs code, runs it in the server’s sandbox and answers; a person runs the same', async ({
  server,
  neighbour: provider,
  team: org,
  ide,
  page,
}) => {
  const { inspector, steps, run } = ide
  const verbs = serverVerbs(page.request, server.url)
  const act = (path: string, data: object) => verbs.act(path, { orgId: org.id, ...data })
  const secret = (name: string, value: string) => act('secrets.set', { name, value, workspaceId: null })
  await secret('OPENAI_BASE_URL', `http://127.0.0.1:${provider.port}/v1`)
  await secret('OPENAI_API_KEY', 'a-key-of-no-service-8f3kLq')
  await act('orgs.setRehearsal', { isRehearsal: false })
  await act('approvals.setRule', { tool: 'run_code', workspaceId: null, maxTier: null, minCost: null })

  await ide.openOrg(org.path)
  await ide.selectWorkspace('Cook')
  await ide.delegate('Captain', 'Sum it up.')

  // It stands still before the code runs, and goes on with a yes, given by key.
  const bell = page.getByRole('button', { name: /^Approvals/ })
  await expect(bell).toHaveAccessibleName('Approvals: 1 waiting')
  await page.locator('body').press('a')
  const asked = page.getByRole('dialog', { name: 'Approvals' })
  await expect(asked.getByRole('article')).toContainText('run_code')
  await expect(asked.locator('button[aria-expanded="true"]')).toBeFocused()
  await page.keyboard.press('a')
  await expect(asked).toContainText('Nothing waits for approval')
  await page.keyboard.press('Escape')
  await ide.waitForAnswer('Add 1 to 100', 'Cook: it is 5050.')

  // What the agent ran is run here, with the same code, and comes out the same.
  // First the model's answer that asks for it, then the call itself.
  await steps
    .getByRole('button', { name: /run_code/ })
    .last()
    .click()
  await expect(steps).toContainText('5050')
  await expectAccessible(page)
  await steps.getByRole('button', { name: 'Run it yourself' }).press('Enter')
  const before = run.getByRole('region', { name: 'How it went for Cook' })
  await expect(before).toContainText('Completed for Cook')
  await run.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(before).toContainText('Here it ended as it did for Cook, and printed the same.')
  await expectAccessible(page)

  // And it is given back with its result, into the conversation, for the person to send.
  await run.getByRole('button', { name: 'Give to an agent' }).click()
  await page.getByRole('menuitem', { name: 'In the chat with Cook' }).click()
  await expect(chatVerbs(page).words('Cook')).toHaveValue(/When I ran it in .*: Completed[\s\S]*5050/)

  // The lead's own work shows its plan, whom it asked, and the answer.
  await ide.selectWorkspace('Captain')
  await ide.waitForAnswer('Sum it up.', 'Captain: it is 5050.')
  await expect(inspector).toContainText('Have it computed')
  await expect(steps.getByRole('button', { name: /delegate_task/ }).last()).toBeVisible()
  await expectAccessible(page)

  // Agents' runs stand among those of before.
  await ide.openRun()
  await ide.side('Earlier').click()
  await run.getByText('Agents’', { exact: true }).click()
  await expect(run.getByRole('list', { name: 'Runs' })).toContainText('Cook, an agent')
})
