import { startContainerHost } from '../support/container-host.ts'
import { smallTeam, withTemplate } from '../support/template.ts'
import { expect } from '../support/test.ts'
import { testBeside } from '../support/test-beside.ts'

/** A server whose operator lets containers be loaded from a host of their own. */
const test = testBeside(startContainerHost, ({ url }) => ({ DELEGRAPH_WEBCONTAINERS: url }))

test('what was made in the shell of one organisation is not there for that of another, without the page being loaded anew', async ({
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

  await page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
  await page.getByRole('menuitemradio', { name: 'Next door' }).click()
  await expect(page.getByRole('button', { name: 'Organisation: Next door' })).toBeVisible()
  await ide.openRun()
  await ide.side('Terminal').click()
  await expect(shell).toBeFocused()
  await page.keyboard.type('ls -R .. && echo listed $((6 * 7)) files')
  await page.keyboard.press('Enter')
  await expect(run).toContainText('listed 42 files')
  await expect(run).not.toContainText('inside.txt')
  await expect(run).not.toContainText('outside.txt')
})
