import { openIde } from '../support/ide.ts'
import { expect, signedOut, signIn, test } from '../support/test.ts'

test('the link of the terminal leads into a demo org that is at work', async ({ browser, freshServer }) => {
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const page = await context.newPage()
  const ide = openIde(page)
  await signIn(page, freshServer)
  expect(page.url()).not.toContain('token')
  await expect(ide.graph.locator('[data-workspace-id]')).toHaveCount(6)
  await expect(ide.card('Lead')).toHaveAttribute('data-status', 'online')
  // The opening work travels: the lead waits for others, and they are busy.
  await expect(ide.card('Lead')).toHaveAttribute('data-activity', 'waiting-child', { timeout: 20_000 })
  await expect(ide.card('Researcher')).toHaveAttribute('data-activity', /working|waiting-child/)
  await context.close()
})

test('a workspace dropped onto another asks with the permission difference, moves, and moves back', async ({
  ide,
  team,
}) => {
  await ide.openOrg(team.path)
  await ide.dragOnto('Scout', 'Cook')
  await expect(ide.dialog).toContainText('Move Scout under Cook?')
  await expect(ide.dialog).toContainText('Who can talk to whom')
  await expect(ide.dialog.getByRole('listitem').filter({ hasText: 'Loses' })).toContainText(['Captain'])
  await ide.dialog.getByRole('button', { name: 'Move Scout under Cook' }).click()
  await expect(ide.dialog).toBeHidden()
  await ide.selectWorkspace('Scout')
  await expect(ide.page.getByRole('button', { name: 'Cook’s team' })).toBeVisible()

  await ide.undo()
  await expect(ide.page.getByText('Undid move of Scout')).toBeVisible()
  await expect(ide.page.getByRole('button', { name: 'Captain’s team' })).toBeVisible()
})

test('an edited prompt is saved, its difference is in the history, and the old one can be brought back', async ({
  ide,
  team,
}) => {
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.savePrompt('Captain', '# Captain\n\nYou lead with a map.')
  await ide.openTab('History')
  const versions = ide.editor.getByRole('list', { name: 'Versions of system-prompt.md' }).getByRole('button')
  await expect(versions).toHaveCount(2)
  await expect(versions.first()).toContainText('+1')
  await expect(ide.editor.locator('.monaco-diff-editor')).toContainText('You lead with a map.')
  await expect(ide.editor.locator('.monaco-diff-editor')).toContainText('You lead a small team.')

  await versions.last().click()
  await ide.editor.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(versions).toHaveCount(3)
  await expect(versions.first()).toContainText('restores 1')
  await ide.openPrompt('Captain')
  await expect(ide.text).toContainText('You lead a small team.')

  // Of a long text the difference is what is seen first.
  const lines = Array.from({ length: 120 }, (_, line) => `- Rule ${line + 1}`)
  await ide.savePrompt('Captain', lines.join('\n'))
  await ide.page.keyboard.press('ControlOrMeta+End')
  await ide.page.keyboard.type(' and a last word')
  await expect(ide.saved).toHaveText('Unsaved changes')
  await ide.save()
  await expect(ide.saved).toHaveText('Saved')
  await ide.openTab('History')
  await expect(versions).toHaveCount(5)
  await expect(ide.editor.locator('.monaco-diff-editor').getByText('and a last word')).toBeVisible()

  // What nobody saved yet is laid beside a version too.
  await ide.openPrompt('Captain')
  await ide.text.click()
  await ide.page.keyboard.press('ControlOrMeta+End')
  await ide.page.keyboard.type(', said twice')
  await expect(ide.saved).toHaveText('Unsaved changes')
  await ide.openTab('History')
  const against = ide.editor.getByRole('combobox', { name: 'Compare version 5 with' })
  await against.selectOption({ label: 'with the text as it is now' })
  await expect(ide.editor).toContainText('Version 5 on the left, the text as it is now on the right')
  await expect(ide.editor.locator('.monaco-diff-editor').getByText(', said twice')).toBeVisible()
})

test('a snippet prints its words; an endless one is stopped while the app stays quick', async ({ ide, team }) => {
  await ide.openOrg(team.path)
  await ide.openRun()
  await ide.runSnippet('const greet = (name: string): string => "hello " + name\nconsole.log(greet("org"))')
  await expect(ide.output).toContainText('hello org', { timeout: 20_000 })

  await ide.runSnippet('console.log("off we go")\nwhile (true) {}')
  await expect(ide.output).toContainText('off we go')
  await ide.selectWorkspace('Builder')
  await ide.graph.getByRole('button', { name: 'New delegation' }).click()
  await expect(ide.dialog).toBeVisible({ timeout: 1_000 })
  await ide.page.keyboard.press('Escape')
  await ide.stopSnippet()
  await expect(ide.run.getByRole('status')).toContainText('Stopped')
})

test('a task given to the lead travels down its edges and comes back as an answer with its steps', async ({
  ide,
  team,
}) => {
  await ide.openOrg(team.path)
  await ide.delegate('Captain', 'Find a harbour. [rehearse reports: slow 1500]')
  await expect(ide.card('Captain')).toHaveAttribute('data-activity', 'waiting-child')
  await expect(ide.card('Scout')).toHaveAttribute('data-activity', /working|completed/)
  await expect(ide.card('Captain')).toHaveAttribute('data-activity', 'completed', { timeout: 20_000 })
  await ide.selectWorkspace('Captain')
  await ide.waitForAnswer('Find a harbour.', 'All parts came back')
  await expect(ide.steps).toContainText('delegate_task')
  await expect(ide.inspector.getByRole('region', { name: 'Work tree' }).getByRole('button')).toHaveCount(5)
})
