import { expect, test } from '../support/test.ts'

test('a workspace is created, renamed and taken back step by step', async ({ ide, team }) => {
  await ide.openOrg(team.path)
  await ide.createWorkspace('Navigator')
  await expect(ide.card('Navigator')).toBeVisible()
  await ide.renameWorkspace('Navigator', 'Pilot')
  await expect(ide.card('Pilot')).toBeVisible()
  await expect(ide.card('Navigator')).toBeHidden()

  await ide.undo()
  await expect(ide.card('Navigator')).toBeVisible()
  await ide.undo()
  await expect(ide.card('Navigator')).toBeHidden()
})

test('a team is deleted with its names said before, stays away whatever still comes in, and comes back by undo', async ({
  ide,
  team,
}) => {
  const builders = ['Builder', 'Mason', 'Painter']
  await ide.openOrg(team.path)
  await ide.delegate('Builder', 'Raise a wall. [rehearse reports: slow 60000]')
  await expect(ide.card('Mason')).toHaveAttribute('data-activity', 'working')

  await ide.chooseFromMenuOf('Builder', 'Delete')
  await expect(ide.dialog).toContainText('Delete Builder?')
  await expect(ide.dialog.getByRole('listitem')).toContainText(['Mason', 'Painter'])
  await ide.dialog.getByRole('button', { name: 'Delete 3 workspaces' }).click()
  for (const name of builders) await expect(ide.card(name)).toBeHidden()

  // Their work is called off; then something newer happens. Neither brings them back, nor does a reload.
  await expect(ide.page.getByText('0 running · 0 queued')).toBeVisible()
  await ide.renameWorkspace('Cook', 'Baker')
  await expect(ide.card('Baker')).toBeVisible()
  await expect(ide.graph.locator('[data-workspace-id]')).toHaveCount(3)
  await ide.undo()
  await expect(ide.card('Cook')).toBeVisible()

  await ide.undo()
  for (const name of builders) await expect(ide.card(name)).toBeVisible()
  await ide.page.reload()
  await expect(ide.graph.locator('[data-workspace-id]')).toHaveCount(6)
})
