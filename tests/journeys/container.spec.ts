import { startContainerHost } from '../support/container-host.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect } from '../support/test.ts'
import { testBeside } from '../support/test-beside.ts'

/** A server whose operator lets containers be loaded from a host of their own. */
const test = testBeside(startContainerHost, ({ url }) => ({ DELEGRAPH_WEBCONTAINERS: url }))

/** A page that isolated pages may frame. */
const site = `import { createServer } from 'node:http'
const headers = {
  'Content-Type': 'text/html',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}
createServer((_, response) => response.writeHead(200, headers).end('<h1>Served from the container</h1>')).listen(0, '127.0.0.1')
console.log('it listens')
`

test('in a container a shell is typed into and answers, and what a snippet serves opens in the preview and ends with it', async ({
  ide,
  team,
}) => {
  const { page, run } = ide
  await ide.openOrg(team.path)
  await ide.openRun()
  await expect(run.getByRole('button', { name: /^Sandbox: WebContainers/ })).toBeVisible()

  // What serves is seen at once in a frame of its own origin, without a shell ever opened, and ends with Stop.
  const preview = run.frameLocator('iframe[title^="Preview of port"]')
  const served = preview.getByRole('heading', { name: 'Served from the container' })
  await ide.runSnippet(site)
  await expect(served).toBeVisible()
  await expectAccessible(page)
  await ide.stopSnippet()
  await expect(run.getByText('What was served here has ended')).toBeVisible()
  await ide.side('Output').click()
  await expect(ide.output).toContainText('it listens')
  await expect(run.getByRole('status')).toContainText('Stopped')

  // A shell, by keyboard alone once its tab is chosen; what it says is there for who hears the screen too.
  await ide.side('Terminal').click()
  const shell = run.getByRole('textbox', { name: 'Terminal input' })
  await expect(shell).toBeFocused()
  await page.keyboard.type('echo $((6 * 7)) tides')
  await page.keyboard.press('Enter')
  await expect(run).toContainText('42 tides')
  await expectAccessible(page)

  // What was made in it can be kept without a run, and no run takes it away.
  await page.keyboard.type(
    'mkdir -p notes node_modules/left && echo high > notes/tide.md && echo 1 > node_modules/left/a.js',
  )
  await page.keyboard.press('Enter')
  await ide.side('Output').click()
  const changes = run.getByRole('region', { name: 'Files it changed' })
  await expect(changes.getByRole('listitem')).toHaveText([/^notes\/tide\.md new in the terminal’s folder, 5 bytes/])
  await expectAccessible(page)
  await ide.runSnippet("console.log('run beside it')")
  await expect(ide.output).toContainText('run beside it')
  await expect(run.getByRole('status')).toContainText('Completed')
  await ide.selectWorkspace('Captain')
  await changes.getByRole('button', { name: 'Look and save' }).click()
  const review = page.getByRole('dialog', { name: 'notes/tide.md in Captain' })
  await review.getByRole('button', { name: 'Save notes/tide.md' }).click()
  await expect(page.getByText('Saved notes/tide.md to Captain')).toBeVisible()
  await ide.side('Terminal').click()
  await shell.focus()
  await page.keyboard.type('cat notes/tide.md | tr a-z A-Z')
  await page.keyboard.press('Enter')
  await expect(run).toContainText('HIGH')
  await page.keyboard.type('exit 3')
  await page.keyboard.press('Enter')
  await expect(run.getByRole('status')).toContainText('The shell ended with code 3.')
  await run.getByRole('button', { name: 'New shell' }).press('Enter')
  await expect(shell).toBeFocused()

  // Beside a shell that goes on, a run takes its own server along all the same: nothing is left that seems to answer.
  await ide.runSnippet(site)
  await expect(served).toBeVisible()
  await ide.side('Output').click()
  await expect(run.getByRole('status')).toContainText('Serving until you stop it')
  await ide.stopSnippet()
  await expect(run.getByRole('status')).toContainText('Stopped')
  await expect(ide.side('Preview')).toBeVisible()
})
