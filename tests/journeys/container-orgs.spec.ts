import { startContainerHost } from '../support/container-host.ts'
import { smallTeam, withTemplate } from '../support/template.ts'
import { expect } from '../support/test.ts'
import { testBeside } from '../support/test-beside.ts'

/** A server whose operator lets containers be loaded from a host of their own. */
const test = testBeside(startContainerHost, ({ url }) => ({ DELEGRAPH_WEBCONTAINERS: url }))

test('the shell of another organisation ends nothing that nobody saved, and finds nothing of the one before', async ({
  ide,
  team,
  server,
}) => {
  const { page, run } = ide
  await withTemplate(smallTeam('Next door'), (dir) => server.importTemplate(dir))
  await ide.openOrg(team.path)
  await ide.openRun()
  await expect(run.getByRole('button', { name: /^Sandbox: WebContainers/ })).toBeVisible()
  await ide.side('Terminal').click()
  const shell = run.getByRole('textbox', { name: 'Terminal input' })
  await expect(shell).toBeFocused()
  await page.keyboard.type('echo 1 > inside.txt; echo 1 > ../outside.txt; ls -R ..')
  await page.keyboard.press('Enter')
  await expect(run).toContainText('inside.txt')

  const goTo = async (from: string, to: string) => {
    await page.getByRole('button', { name: `Organisation: ${from}` }).click()
    await page.getByRole('menuitemradio', { name: to }).click()
    await expect(page.getByRole('button', { name: `Organisation: ${to}` })).toBeVisible()
    await ide.openRun()
    await ide.side('Terminal').click()
  }
  await goTo(team.name, 'Next door')
  await expect(run).toContainText(`The terminal of ${team.name} still has inside.txt that nobody saved`)

  // It is still there; taken away by hand, nothing holds the container any more.
  await goTo('Next door', team.name)
  await expect(shell).toBeFocused()
  await page.keyboard.type('ls && rm inside.txt && echo removed $((6 * 7))')
  await page.keyboard.press('Enter')
  await expect(run).toContainText('removed 42')
  await expect(run).toContainText('inside.txt')

  await goTo(team.name, 'Next door')
  await expect(shell).toBeFocused()
  await page.keyboard.type('ls -R .. && echo listed $((6 * 7)) files')
  await page.keyboard.press('Enter')
  await expect(run).toContainText('listed 42 files')
  await expect(run).not.toContainText('outside.txt')
})
