import { colleague } from '../support/colleague.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { type Ide, openIde } from '../support/ide.ts'
import { smallTeam, withTemplate } from '../support/template.ts'
import { expect, findOrg, type Org, signedOut, signIn, test } from '../support/test.ts'

async function openCaptain(ide: Ide, team: Org): Promise<void> {
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.openPrompt('Captain')
}

/** Goes to the end of the text that has the keyboard, and types. */
async function typeAtEnd({ page, text }: Ide, words: string): Promise<void> {
  await text.click()
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(words)
}

const kept = ({ page }: Ide, where: string) => expect(page.getByText(where, { exact: true })).toBeVisible()

test('two people write one prompt at once, see each other there, and the version has both as its authors', async ({
  ide,
  team,
  browser,
  server,
}) => {
  test.slow()
  const bea = await colleague(browser, server, {
    ...{ owner: ide.page.context().request, org: team },
    ...{ name: 'Bea Builder', role: 'member' },
  })
  for (const one of [ide, bea]) await openCaptain(one, team)
  const status = ide.page.getByRole('tabpanel').or(ide.page.locator('body')).first()
  await expect(status.getByRole('img', { name: 'Here: Bea Builder (in the editor)' }).first()).toBeVisible()
  await expect(ide.card('Captain').getByRole('img', { name: /^Here: Bea Builder/ })).toBeVisible()

  await typeAtEnd(bea, '\n\nFrom Bea.')
  await expect(ide.text).toContainText('From Bea.')
  await expect(ide.editor.locator('.shared-caret', { hasText: 'Bea Builder' })).toBeAttached()
  await expectAccessible(ide.page)

  // By the keyboard alone: to the editor, to its beginning, and at the same time as the other.
  await ide.editor.getByRole('textbox', { name: 'Prompt of Captain' }).focus()
  await ide.page.keyboard.press('ControlOrMeta+Home')
  await Promise.all([ide.page.keyboard.type('Top. ', { delay: 30 }), bea.page.keyboard.type(' More.', { delay: 30 })])
  for (const one of [ide, bea]) {
    await expect(one.text).toContainText('Top. ')
    await expect(one.text).toContainText('From Bea. More.')
  }

  // Each undoes what is their own.
  await ide.page.keyboard.press('ControlOrMeta+z')
  await expect(bea.text).not.toContainText('Top.')
  await expect(bea.text).toContainText('From Bea. More.')
  await ide.page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(bea.text).toContainText('Top. ')

  // At one and the same place neither tears the other's words apart.
  for (const { page } of [ide, bea]) await page.keyboard.press('ControlOrMeta+End')
  await Promise.all([
    ide.page.keyboard.type(' Ada goes on.', { delay: 30 }),
    bea.page.keyboard.type(' Bea goes on.', { delay: 30 }),
  ])
  for (const one of [ide, bea]) {
    await expect(one.text).toContainText('Ada goes on.')
    await expect(one.text).toContainText('Bea goes on.')
  }

  await ide.page.keyboard.press('ControlOrMeta+s')
  for (const one of [ide, bea]) await expect(one.saved).toHaveText('Saved')
  await bea.page.close()
  await expect(ide.card('Captain').getByRole('img', { name: /^Here: Bea Builder/ })).toBeHidden()
  await ide.openTab('History')
  await expect(ide.editor.getByRole('button', { name: /^Version 2/ })).toContainText('with Bea Builder')
  await bea.page.context().close()
})

test('what two type while neither has a connection is joined when they are back, each word once', async ({
  ide,
  team,
  browser,
  server,
}) => {
  test.slow()
  const bea = await colleague(browser, server, {
    ...{ owner: ide.page.context().request, org: team },
    ...{ name: 'Bea Builder', role: 'member' },
  })
  await openCaptain(ide, team)
  await ide.savePrompt('Captain', 'First line.\n\nLast line.')
  await openCaptain(bea, team)
  await expect(bea.text).toContainText('Last line.')

  for (const { page } of [ide, bea]) await page.context().setOffline(true)
  await typeAtEnd(ide, ' Ada was here.')
  await bea.text.click()
  await bea.page.keyboard.press('ControlOrMeta+Home')
  await bea.page.keyboard.type('Bea too. ')
  for (const one of [ide, bea]) await kept(one, 'Offline: kept here, will be sent')
  await expect(ide.text).not.toContainText('Bea too.')

  for (const { page } of [ide, bea]) await page.context().setOffline(false)
  for (const one of [ide, bea]) {
    await expect(one.text).toContainText('Bea too. First line.')
    await expect(one.text).toContainText('Last line. Ada was here.')
    await kept(one, 'Kept on the server')
  }
  await bea.page.context().close()
})

test('a reload in mid-word and another browser have the text, and what was typed before is still undone', async ({
  ide,
  team,
  browser,
  session,
  server,
}) => {
  test.slow()
  await openCaptain(ide, team)
  await ide.savePrompt('Captain', 'Saved.')
  await typeAtEnd(ide, ' Half a wo')
  await ide.page.reload()
  await expect(ide.text).toContainText('Saved. Half a wo')
  await typeAtEnd(ide, 'rd.')
  await kept(ide, 'Kept on the server')

  const context = await browser.newContext({ baseURL: server.url, storageState: session })
  const elsewhere = openIde(await context.newPage())
  await openCaptain(elsewhere, team)
  await expect(elsewhere.text).toContainText('Saved. Half a word.')
  await expect(elsewhere.saved).toHaveText('Unsaved changes')
  await context.close()

  await ide.page.reload()
  await expect(ide.text).toContainText('Half a word.')
  await ide.text.click()
  await ide.page.keyboard.press('ControlOrMeta+z')
  await expect(ide.text).toHaveText('Saved. Half a wo')
  await ide.page.keyboard.press('ControlOrMeta+z')
  await expect(ide.text).toHaveText('Saved.')
  await expect(ide.saved).toHaveText('Saved')
})

test('a session that ended and a server that was killed lose nothing that was typed', async ({
  browser,
  freshServer,
}) => {
  test.slow()
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const ide = openIde(await context.newPage())
  await signIn(ide.page, freshServer)
  await withTemplate(smallTeam('Keepers'), (dir) => freshServer.importTemplate(dir))
  const team = await findOrg(ide.page.request, 'Keepers')
  const bea = await colleague(browser, freshServer, {
    ...{ owner: ide.page.request, org: team, name: 'Bea Builder', role: 'member' },
  })
  await openCaptain(bea, team)
  await bea.savePrompt('Captain', 'Saved.')

  const cookies = await bea.page.context().cookies()
  await bea.page.context().clearCookies()
  await typeAtEnd(bea, ' Signed out.')
  await kept(bea, 'Signed out: kept here, sign in to send it')
  // Signed in again, as in another tab.
  await bea.page.context().addCookies(cookies)
  await kept(bea, 'Kept on the server')

  await openCaptain(ide, team)
  await expect(ide.text).toContainText('Saved. Signed out.')
  await freshServer.kill()
  await typeAtEnd(bea, ' Server gone.')
  await kept(bea, 'Offline: kept here, will be sent')
  await freshServer.restart()
  await kept(bea, 'Kept on the server')
  await expect(ide.text).toContainText('Saved. Signed out. Server gone.')
  await bea.save()
  await expect(bea.saved).toHaveText('Saved')
  await Promise.all([context.close(), bea.page.context().close()])
})
