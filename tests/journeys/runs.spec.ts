import { chatVerbs } from '../support/chat-verbs.ts'
import { colleague } from '../support/colleague.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, type Org, test } from '../support/test.ts'

const program = `import os
from lib.slug import slug

if os.path.exists("out/old.md"):
    os.remove("out/old.md")
with open("out/report.md", "w") as out:
    out.write("# Report\\n\\n- " + slug("Three Vendors") + "\\n")
print("written", slug("Three Vendors"))
`
const texts = {
  'report.py': program,
  'lib/slug.py': 'def slug(text):\n    return text.lower().replace(" ", "-")\n',
  'out/report.md': '# Report\n\n- nothing yet\n',
  'out/old.md': '# Last year\n',
}

type Request = import('@playwright/test').APIRequestContext

/** Files as a colleague left them. */
async function leaveFiles(request: Request, url: string, { id: orgId }: Org, name: string): Promise<void> {
  const asked = encodeURIComponent(JSON.stringify({ orgId }))
  const { result } = await (await request.get(`/api/trpc/workspaces.list?input=${asked}`)).json()
  const found = result.data.workspaces.find((one: { name: string }) => one.name === name)
  for (const [path, text] of Object.entries(texts)) {
    const data = { orgId, workspaceId: found.id, path, text, baseVersion: 0 }
    expect((await request.post('/api/trpc/files.save', { data, headers: { origin: url } })).ok()).toBe(true)
  }
}

test('a file is run beside the others of its workspace; what it wrote is looked at and saved, and the run is kept', async ({
  ide,
  team,
  server,
  request,
}) => {
  const { page, run } = ide
  await leaveFiles(request, server.url, team, 'Captain')
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.openTab('Files')

  // By mouse, from the tree.
  await ide.row('report.py').click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Run/ }).click()
  await expect(ide.output).toContainText('written three-vendors')
  await expect(run).toContainText('from Captain')
  const changes = run.getByRole('region', { name: 'Files it changed' })
  await expect(changes).toContainText('out/report.md')
  await expectAccessible(page)
  await changes.getByRole('button', { name: 'Look and save' }).click()
  const review = page.getByRole('dialog', { name: 'out/report.md in Captain' })
  await expect(review).toContainText('On the left version 1')
  await expect(review.locator('.monaco-diff-editor')).toContainText('three-vendors')
  await expectAccessible(page)
  await review.getByRole('button', { name: 'Save as version 2' }).click()
  await expect(page.getByText('Saved out/report.md to Captain')).toBeVisible()

  // What it took away goes from the workspace only by a person's hand, and comes back.
  await changes
    .getByRole('listitem')
    .filter({ hasText: /out\/old\.md\s*deleted/ })
    .getByRole('button')
    .click()
  const removal = page.getByRole('dialog', { name: 'out/old.md in Captain' })
  await expect(removal.locator('.monaco-diff-editor')).toContainText('Last year')
  await expectAccessible(page)
  await removal.getByRole('button', { name: 'Delete out/old.md' }).click()
  const deleted = page.getByRole('listitem').filter({ hasText: 'out/old.md was deleted' })
  await deleted.getByRole('button', { name: 'Undo' }).click()
  await changes.getByRole('listitem').filter({ hasText: 'out/old.md' }).getByRole('button').press('Enter')
  await expect(removal.getByRole('button', { name: 'Delete out/old.md' })).toBeEnabled()
  await page.keyboard.press('Escape')

  // By keyboard, from the tree and from the file's own tab; unsaved text is what runs.
  await run.getByRole('button', { name: 'Clear' }).press('Enter')
  await expect(ide.output).not.toContainText('written')
  await ide.openTab('Files')
  await ide.row('report.py').focus()
  await page.keyboard.press('Control+Enter')
  await expect(ide.output).toContainText('written three-vendors')
  await expect(run.getByRole('status')).toContainText('Completed')
  await ide.openTab('Files')
  await ide.row('report.py').focus()
  await page.keyboard.press('Enter')
  await expect(ide.fileTab('report.py')).toBeVisible()
  await expect(ide.text).toContainText('slug')
  await ide.writeInstead('print("not saved yet")')
  await page.keyboard.press('Control+Enter')
  await expect(ide.output).toContainText('not saved yet')

  // Each run is kept, and opened again by key as it was.
  await ide.side('Output').focus()
  await page.keyboard.press('End')
  const runs = run.getByRole('list', { name: 'Runs' })
  await expect(runs.getByRole('listitem')).toHaveCount(3)
  await expectAccessible(page)
  await runs
    .getByRole('button', { name: /^Open report.py, Completed, yours/ })
    .last()
    .press('Enter')
  await expect(run.getByRole('region', { name: /^How it went for/ })).toContainText('Completed')
  await expect(run.locator('.monaco-editor').first()).toContainText('Three Vendors')
  await run.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(run).toContainText('Here it ended as it did for')
  await expect(run).toContainText('printed the same')
})

test('a run is shared by its link, opened and run again by a colleague, and given to an agent as work and in its chat', async ({
  ide,
  team,
  browser,
  server,
  request,
}) => {
  const { page, run } = ide
  const chat = chatVerbs(page)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Scout')
  await ide.openRun()
  await ide.runSnippet('console.log("tide at", 7 * 6)')
  await expect(ide.output).toContainText('tide at 42')
  await run.getByRole('button', { name: 'Share this run' }).press('Enter')
  await expect(page.getByText('Shared: the link is copied')).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())

  const theirs = await colleague(browser, server, { owner: request, org: team, name: 'Vera Visitor', role: 'member' })
  await theirs.page.goto(link)
  await expect(theirs.run.getByRole('region', { name: /^How it went for/ })).toContainText('Completed')
  await expect(theirs.run.locator('.monaco-editor').first()).toContainText('tide at')
  await expectAccessible(theirs.page)
  await theirs.run.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(theirs.run).toContainText('printed the same')
  await theirs.page.context().close()

  // By keyboard into work, with what came of it; by mouse into the conversation.
  await run.getByRole('button', { name: 'Give to an agent' }).press('Enter')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New delegation' })
  await expect(dialog.getByRole('textbox', { name: 'Task' })).toHaveValue(/tide at", 7 \* 6[\s\S]+tide at 42/)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(dialog).toBeHidden()
  await expect(ide.card('Scout')).toHaveAttribute('data-activity', 'completed')
  await run.getByRole('button', { name: 'Give to an agent' }).click()
  await page.getByRole('menuitem', { name: 'In the chat with Scout' }).click()
  await expect(chat.words('Scout')).toHaveValue(/tide at", 7 \* 6[\s\S]+tide at 42/)
})

test('code that stands in a prompt or in an answer is opened in Run, by key and by mouse', async ({ ide, team }) => {
  const { page, run } = ide
  const chat = chatVerbs(page)
  const snippet = run.locator('.monaco-editor .view-lines').first()
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Scout')
  await ide.openPrompt('Scout')
  const blocks = [
    '```ts\nconsole.log("by key", 6 * 7)\n```',
    '~~~python\nprint("by mouse")\n~~~',
    '```sql\nselect 1\n```',
  ]
  await ide.writeInstead(`# Scout\n\n${blocks.join('\n\n')}\n`)

  // By key, where the cursor is; where it is in no such code, it is said why nothing happens.
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText('The cursor is in no code block')).toBeVisible()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('code block in run')
  await expect(ide.dialog.getByRole('option').first()).toContainText('Open this code block in Run')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Run does not know sql')).toBeVisible()
  await ide.editor.getByRole('textbox', { name: 'Prompt of Scout' }).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(snippet).toHaveText('console.log("by key", 6 * 7)')
  await run.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(ide.output).toContainText('by key 42')

  // By mouse, where the code begins: a line that came before it took the button along.
  await ide.openTab('Prompt')
  const offers = ide.editor.getByRole('button', { name: 'Open in Run' })
  await expect(offers).toHaveCount(2)
  await ide.text.getByText('# Scout').click()
  await page.keyboard.press('Enter')
  await expectAccessible(page)
  const fence = await ide.text.getByText('~~~python').boundingBox()
  const offer = await offers.last().boundingBox()
  expect(Math.abs((fence?.y ?? 0) - (offer?.y ?? 99))).toBeLessThan(4)
  await offers.last().click()
  await expect(snippet).toHaveText('print("by mouse")')

  // From an answer.
  await chat.openChat('Scout')
  await chat.say('Scout', 'How? [rehearse: answer ```js\nconsole.log("from the answer")\n```]')
  await expect(chat.turn(1)).toContainText('Completed', { timeout: 30_000 })
  await chat.turn(1).getByRole('button', { name: 'Open in Run' }).last().click()
  await expect(snippet).toHaveText('console.log("from the answer")')
})

test('snippets run, serve a preview and are stopped, by keys too; the badge says why here and what else there is', async ({
  ide,
  team,
}) => {
  const { page, run } = ide
  await ide.openOrg(team.path)
  await ide.openRun()

  // TypeScript with a file beside it, by mouse.
  await ide.takeStarter(/^Test a function/)
  await run.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(ide.output).toContainText('4 of 4 passed')

  // Python, by keyboard.
  await ide.takeStarterByKey('count', /^Count the words/)
  await run.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(ide.output).toContainText('different')

  // What serves is seen at once, answers a form, and ends with Stop.
  await ide.takeStarterByKey('answer', /^Answer requests/)
  await run.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  // The page stands in a frame within the frame that keeps it from the network.
  const preview = run.frameLocator('iframe').frameLocator('iframe')
  await expect(preview.getByRole('heading', { name: 'Tasks' })).toBeVisible()
  await preview.getByRole('textbox', { name: 'Another task' }).fill('Feed the cat')
  await preview.getByRole('button', { name: 'Add' }).click()
  await expect(preview.getByRole('listitem').last()).toHaveText('Feed the cat')
  await run.getByRole('button', { name: 'Stop', exact: true }).press('Enter')
  await expect(run).toContainText('What was served here has ended')
  await expectAccessible(page)
  await ide.side('Terminal').click()
  await expect(run).toContainText('No terminal here')
  await expect(run).toContainText('WebContainers would give')
  await expectAccessible(page)

  // An endless loop, stopped by key.
  await ide.side('Output').click()
  await ide.takeStarter(/^Loop without an end/)
  await run.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(ide.output).toContainText('turns')
  await run.getByRole('button', { name: 'Stop', exact: true }).press('Enter')
  await expect(run.getByRole('status')).toContainText('Stopped')

  // Where it ran, why there, and what another place would give.
  await run.getByRole('button', { name: /^Sandbox:/ }).press('Enter')
  const badge = page.getByRole('dialog', { name: 'Sandbox' })
  await expect(badge).toContainText('Why this one')
  await expect(badge).toContainText('Limits of a run')
  await expect(badge).toContainText('WebContainers')
  await expectAccessible(page)
})
