import { expectAccessible } from '../support/expect-accessible.ts'
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

test('what is opened while the server is away comes by itself when it is back, and the page around it stays', async ({
  browser,
  freshServer,
}) => {
  test.slow()
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const { page, ...ide } = openIde(await context.newPage())
  await signIn(page, freshServer)
  await withTemplate(smallTeam('Castaways'), (dir) => freshServer.importTemplate(dir))
  const org = await findOrg(page.request, 'Castaways')
  await ide.openOrg(org.path)
  await ide.selectWorkspace('Captain')
  await ide.openPrompt('Captain')
  await ide.text.click()
  await page.keyboard.press('ControlOrMeta+End')

  await freshServer.kill()
  await page.keyboard.type('\nWritten on the island.')
  await expect(page.getByText('Offline: kept here, will be sent')).toBeVisible({ timeout: 20_000 })
  // None of these parts of the page was fetched before.
  await ide.openTab('Config')
  await expect(page.getByText('What you opened comes as soon as the server answers again.')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Comma')
  await expect(ide.card('Captain')).toBeVisible()
  await expectAccessible(page)

  await freshServer.restart()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('tab', { name: 'Secrets' })).toBeVisible({ timeout: 30_000 })
  await page.keyboard.press('Escape')
  await expect(settings).toBeHidden()
  await expect(ide.editor.getByLabel('Config of Captain').first()).toBeAttached()
  await ide.openPrompt('Captain')
  await expect(ide.text).toContainText('Written on the island.')
  await expect(page.getByText('Kept on the server', { exact: true })).toBeVisible()
  await context.close()
})
