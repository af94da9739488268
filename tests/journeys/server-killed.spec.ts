import { openIde } from '../support/ide.ts'
import { smallTeam, withTemplate } from '../support/template.ts'
import { expect, findOrg, signedOut, signIn, test } from '../support/test.ts'

test('work under way when the server is killed is finished after its restart, and the graph catches up by itself', async ({
  browser,
  freshServer,
}) => {
  test.slow()
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const ide = openIde(await context.newPage())
  await signIn(ide.page, freshServer)
  await withTemplate(smallTeam('Survivors'), (dir) => freshServer.importTemplate(dir))
  const org = await findOrg(ide.page.request, 'Survivors')
  await ide.openOrg(org.path)
  await ide.delegate('Captain', 'Cross the sea. [rehearse reports: slow 2500]')
  await expect(ide.card('Scout')).toHaveAttribute('data-activity', 'working')

  await freshServer.kill()
  const connection = ide.page.getByRole('status', { name: 'Connection' })
  await expect(connection).toHaveText('Reconnecting')
  await freshServer.restart()

  await expect(connection).toHaveText('Live')
  await expect(ide.card('Captain')).toHaveAttribute('data-activity', 'completed', { timeout: 60_000 })
  for (const name of ['Scout', 'Builder', 'Cook']) {
    await expect(ide.card(name)).toHaveAttribute('data-activity', 'completed')
  }
  await ide.selectWorkspace('Captain')
  await ide.waitForAnswer('Cross the sea.', 'All parts came back')
  await context.close()
})
