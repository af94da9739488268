import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible, expectReadable } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

async function chooseInOrgMenu(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: /^Organisation:/ }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

test('work below a paused workspace stands in line with its place, and goes on when that is resumed', async ({
  ide,
  team,
}) => {
  const { page, inspector } = ide
  await ide.openOrg(team.path)
  await ide.chooseFromMenuOf('Builder', 'Pause Builder and 2 below')
  await expect(ide.card('Mason')).toHaveAttribute('data-status', 'paused')
  await ide.delegate('Mason', 'Lay the first row.')
  await ide.delegate('Mason', 'Lay the second row.')
  await expect(ide.card('Mason')).toContainText('Paused')
  await expect(ide.card('Mason')).toContainText('2 queued')

  await ide.selectWorkspace('Mason')
  await inspector.getByRole('tab', { name: 'Work' }).click()
  await expect(inspector.getByRole('button', { name: /Lay the first row/ })).toContainText('Queued, next in line')
  await ide.waitForAnswer('Lay the second row.', '2nd in line at Mason. Mason is paused')
  await expectAccessible(page)

  await inspector.getByRole('button', { name: 'Resume Builder first' }).click()
  await expect(inspector.getByRole('region', { name: 'Delegation' })).toContainText('Answer of the rehearsal model')
  await expect(ide.card('Mason')).toHaveAttribute('data-status', 'online')
})

test('by key: several workspaces are paused and resumed at once, and a pause can be undone', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await ide.card('Scout').click()
  await ide.card('Cook').click({ modifiers: ['ControlOrMeta'] })
  await ide.card('Cook').focus()
  await page.keyboard.press('p')
  await expect(ide.card('Scout')).toHaveAttribute('data-status', 'paused')
  await expect(ide.card('Cook')).toHaveAttribute('data-status', 'paused')
  await page.keyboard.press('p')
  await expect(ide.card('Cook')).toHaveAttribute('data-status', 'online')
  await expect(ide.card('Scout')).toHaveAttribute('data-status', 'online')
  await page.keyboard.press('Shift+P')
  await expect(ide.card('Scout').getByRole('img', { name: 'Frozen' })).toBeVisible()
  await ide.undo()
  await expect(ide.card('Scout').getByRole('img', { name: 'Frozen' })).toBeHidden()
})

test('words into slow work are heard, the trace shows whose they are, and its log can be kept', async ({
  ide,
  team,
}) => {
  const { page, inspector, steps } = ide
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Scout')
  await inspector.getByRole('tab', { name: 'Work' }).click()
  await ide.delegate('Scout', 'Look around. [rehearse: slow 8000]')
  await ide.waitForAnswer('Look around.', 'Running')
  await inspector.getByRole('textbox', { name: 'Say something to this work' }).fill('Also to the north, please.')
  await page.keyboard.press('Enter')
  await expect(steps).toContainText('Owner: Also to the north, please.')
  await expect(steps.getByText('Live')).toBeVisible()
  await expect(inspector.getByRole('region', { name: 'Delegation' })).toContainText('Answer of the rehearsal model', {
    timeout: 30_000,
  })
  await expect(inspector.getByRole('textbox', { name: 'Say something to this work' })).toBeHidden()

  const keep = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      inspector.getByRole('button', { name }).click(),
    ])
    return await readFile(await download.path(), 'utf8')
  }
  expect(await keep('Log as text')).toContain('note message done')
  const { total, entries } = JSON.parse(await keep('Log as JSON'))
  expect([total, entries.length, entries[0].delegation.workspaceName]).toEqual([1, 1, 'Scout'])
})

test('work that runs is given to another workspace, which begins it anew', async ({ ide, team }) => {
  const { page, inspector } = ide
  await ide.openOrg(team.path)
  await ide.chooseFromMenuOf('Cook', 'Pause')
  await ide.delegate('Cook', 'Soup for six.')
  await ide.selectWorkspace('Cook')
  await ide.waitForAnswer('Soup for six.', 'Queued')
  await inspector.getByRole('button', { name: 'Reassign…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Give this work to another workspace' })
  await dialog.getByLabel('Workspace').selectOption({ label: 'Scout' })
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Give it to Scout' }).click()
  await expect(ide.card('Scout')).toContainText('Completed')
  await expect(inspector.getByRole('region', { name: 'Delegation' })).toContainText('Answer of the rehearsal model')
})

test('the company is stopped with its effect confirmed, and started again', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  for (const to of ['Scout', 'Cook']) await ide.delegate(to, `Take your time, ${to}. [rehearse: slow 60000]`)
  await expect(ide.card('Cook')).toHaveAttribute('data-activity', 'working')
  await chooseInOrgMenu(page, 'Stop the company…')
  const ask = page.getByRole('dialog', { name: 'Stop the company?' })
  await expect(ask.getByRole('status', { name: 'What would end' })).toContainText('2 delegations end')
  await expect(ask.getByRole('button', { name: 'Stop the company' })).toBeDisabled()
  await expectAccessible(page)
  await ask.getByRole('textbox', { name: 'Type “stop” to confirm' }).fill('stop')
  await page.keyboard.press('Enter')
  const done = page.getByRole('dialog', { name: 'The company is stopped' })
  await expect(done.getByRole('status')).toContainText(/2 of 2 delegations ended in/)
  await done.getByRole('button', { name: 'Done' }).click()

  const strip = page.getByRole('region', { name: 'The company is stopped' })
  await expect(strip).toBeVisible()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page)
  await strip.getByRole('button', { name: 'Start again' }).click()
  await expect(strip).toBeHidden()
  await ide.delegate('Cook', 'Boil water.')
  await expect(ide.card('Cook')).toContainText('Completed')
})

test('on a phone the company can be frozen, stopped and started again', async ({ ide, team }) => {
  const { page } = ide
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(team.path)
  await expect(page.getByRole('group', { name: 'Captain', exact: true })).toBeVisible()
  await chooseInOrgMenu(page, 'Freeze')
  await expect(page.getByRole('region', { name: 'The organisation is frozen' })).toBeVisible()
  await chooseInOrgMenu(page, 'Stop the company…')
  await page.getByRole('textbox', { name: 'Type “stop” to confirm' }).fill('stop')
  await page.getByRole('button', { name: 'Stop the company' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start again' }).click()
  await expect(page.getByRole('region', { name: 'The company is stopped' })).toBeHidden()
})
