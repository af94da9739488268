import { smallTeam, withTemplate } from '../support/template.ts'
import { expect, findOrg, test } from '../support/test.ts'

const script = '<script>document.title = "owned"</script>'
const names = { script, emoji: 'Cook 👩🏽‍🍳', rightToLeft: 'מנהל צוות' }

const strangeOrg = `
name: Strange names
defaults: { runtime: native, model: rehearsal }
workspaces:
  - name: ${JSON.stringify(names.rightToLeft)}
    role: ${JSON.stringify('<img src=x onerror="document.title=1">')}
    children:
      - name: ${JSON.stringify(names.script)}
      - name: ${JSON.stringify(names.emoji)}
`

test('an org imported while the server runs is there after a reload, its names are text, and it works', async ({
  ide,
  team,
  server,
  request,
}) => {
  await ide.openOrg(team.path)
  await withTemplate({ 'org.yaml': strangeOrg }, (dir) => server.importTemplate(dir))
  await ide.page.reload()
  await ide.page.getByRole('button', { name: `Organisation: ${team.name}` }).click()
  await ide.page.getByRole('menuitemradio', { name: 'Strange names' }).click()
  const org = await findOrg(request, 'Strange names')
  await expect(ide.page).toHaveURL(new RegExp(org.path))

  for (const name of Object.values(names)) await expect(ide.card(name)).toContainText(name)
  await ide.delegate(names.rightToLeft, 'Say hello.')
  await expect(ide.card(names.rightToLeft)).toHaveAttribute('data-activity', 'completed')
  await ide.selectWorkspace(names.script)
  await expect(ide.page).toHaveTitle(/Delegraph/)
  await expect(ide.page.locator('img[src="x"]')).toHaveCount(0)
})

test('the same template imported again makes nothing twice', async ({ ide, team, server }) => {
  await withTemplate(smallTeam(team.name), (dir) => server.importTemplate(dir))
  await ide.openOrg(team.path)
  await expect(ide.graph.locator('[data-workspace-id]')).toHaveCount(6)
})
