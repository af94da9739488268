import { openIde } from '../support/ide.ts'
import { expect, test } from '../support/test.ts'

test('two tabs on one prompt are one text: what is typed in either is in both, and saved once', async ({
  ide,
  team,
  context,
}) => {
  const other = openIde(await context.newPage())
  for (const tab of [ide, other]) {
    await tab.page.bringToFront()
    await tab.openOrg(team.path)
    await tab.selectWorkspace('Captain')
    await tab.openPrompt('Captain')
  }
  await other.writeInstead('# Captain\n\nFrom the second tab.')
  await expect(ide.text).toContainText('From the second tab.')
  await expect(ide.saved).toHaveText('Unsaved changes')

  await ide.page.bringToFront()
  await ide.text.click()
  await ide.page.keyboard.press('ControlOrMeta+End')
  await ide.page.keyboard.type(' And the first.')
  await ide.save()
  await expect(ide.saved).toHaveText('Saved')
  await expect(other.text).toContainText('From the second tab. And the first.')
  await expect(other.saved).toHaveText('Saved')
})

test('what is saved from outside is merged into what is typed, and never written over where both changed the same lines', async ({
  ide,
  team,
  request,
}) => {
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.savePrompt('Captain', 'One.\n\nTwo.\n\nThree.')
  const workspaceId = new URL(ide.page.url()).searchParams.get('w') ?? ''
  const saveOutside = async (text: string, baseVersion: number) => {
    const input = { orgId: team.id, workspaceId, path: 'system-prompt.md', text, baseVersion }
    const answer = await request.post('/api/trpc/files.save', {
      data: input,
      headers: { origin: new URL(ide.page.url()).origin },
    })
    expect(answer.ok()).toBe(true)
  }

  await ide.text.click()
  await ide.page.keyboard.press('ControlOrMeta+End')
  await ide.page.keyboard.type(' Mine.')
  await expect(ide.page.getByText('Kept on the server')).toBeVisible()
  await saveOutside('Outside one.\n\nTwo.\n\nThree.', 2)
  await expect(ide.text).toContainText('Outside one.')
  await expect(ide.text).toContainText('Three. Mine.')
  await expect(ide.editor.getByText(/^Version 3 by .+ was merged into your text/)).toBeVisible()

  await saveOutside('Outside one.\n\nTwo.\n\nThree, theirs.', 3)
  await expect(ide.editor.getByText(/^Version 4 by .+ changed the same lines/)).toBeVisible()
  await ide.save()
  const conflict = ide.editor.getByRole('alert').filter({ hasText: 'before you' })
  await expect(conflict).toContainText(/Saved by .+ before you/)
  const both = ide.editor.locator('.monaco-diff-editor')
  await expect(both).toContainText('Three, theirs.')
  await expect(both).toContainText('Three. Mine.')

  await conflict.getByRole('button', { name: 'Save mine as version 5' }).click()
  await expect(ide.saved).toHaveText('Saved')
  await ide.openTab('History')
  await ide.editor.getByRole('button', { name: /^Version 4/ }).click()
  await expect(both).toContainText('Three, theirs.')
})
