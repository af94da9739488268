import { expectAccessible } from '../support/expect-accessible.ts'
import { openIde } from '../support/ide.ts'
import { expect, signedOut, signIn, test } from '../support/test.ts'

test('a newcomer is led through three acts, each done when it happened; put away, and taken up again', async ({
  browser,
  freshServer,
}) => {
  test.slow()
  const context = await browser.newContext({ baseURL: freshServer.url, storageState: signedOut })
  const page = await context.newPage()
  const ide = openIde(page)
  await signIn(page, freshServer)
  const guide = page.getByRole('region', { name: 'Guide' })
  const act = (name: string) => guide.getByRole('button', { name })
  await expect(act('1. Move a workspace')).toHaveAttribute('aria-current', 'step', { timeout: 30_000 })
  await expectAccessible(page)

  // By key: the difference is shown, the move is made.
  await act('Show what that changes').press('Enter')
  await expect(ide.dialog).toContainText('Move Analyst under Researcher?')
  await expect(ide.dialog).toContainText('Who can talk to whom')
  await ide.dialog.getByRole('button', { name: 'Move Analyst under Researcher' }).press('Enter')
  await expect(act('1. Move a workspace, done')).toBeVisible()
  await expect(act('2. Try a prompt')).toHaveAttribute('aria-current', 'step')

  // Put away it is in nobody's way; the help menu brings it back where it was, after a reload too.
  await act('Put the guide away').click()
  await expect(guide).toBeHidden()
  await page.reload()
  await expect(ide.card('Lead')).toBeVisible()
  await page.getByRole('button', { name: 'Help', exact: true }).press('Enter')
  await page.getByRole('menuitem', { name: 'Guide: go on where you were' }).press('Enter')
  await expect(act('1. Move a workspace, done')).toBeVisible()

  // A prompt is tried on what the opening work recorded.
  await act('Open Researcher’s prompt').click()
  await ide.openPrompt('Researcher')
  await ide.writeInstead('# Researcher\n\nAnswer in at most 1 sentence.\n')
  await expect(ide.card('Researcher')).toHaveAttribute('data-activity', /completed|idle/, { timeout: 30_000 })
  await page.getByRole('button', { name: 'Try on recorded work' }).click()
  const trial = page.getByRole('dialog', { name: 'Try this prompt of Researcher on recorded work' })
  await trial.getByRole('button', { name: /^Try it on/ }).click()
  await expect(trial.getByRole('status')).toContainText(/answers? changed/, { timeout: 20_000 })
  await trial.getByRole('button', { name: 'Drop the change' }).click()
  await expect(act('2. Try a prompt, done')).toBeVisible()

  // The meter stops the runaway within seconds.
  await act('Start the runaway').click()
  await expect(guide).toContainText('The meter stops it at 12.')
  await expect(guide).toContainText('Stopped: the next step would have passed the limit', { timeout: 30_000 })
  await expect(act('3. Stop a runaway, done')).toBeVisible()
  await expectAccessible(page)
  await context.close()
})
