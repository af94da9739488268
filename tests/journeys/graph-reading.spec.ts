import { expectAccessible } from '../support/expect-accessible.ts'
import { lookVerbs } from '../support/look-verbs.ts'
import { expect, test } from '../support/test.ts'

// A whole story each, on a machine that may have much else to do.
test.describe.configure({ timeout: 120_000 })

const longWork = 'Survey the coast. [rehearse reports: slow 60000]'

test('an org is read by mouse: what travels, teams as one card, overlays, views that follow the person', async ({
  ide,
  team,
  browser,
  session,
}) => {
  const { page, card, graph } = ide
  const by = lookVerbs(page)
  await ide.openOrg(team.path)
  await ide.delegate('Captain', longWork)
  await expect(card('Scout')).toHaveAttribute('data-activity', 'working')

  // Pointed at, an edge says what travels on it; pressed, it leads to the trace.
  const { x, y } = await by.pointAtEdge(card('Captain'), card('Scout'))
  await expect(page.getByText('From Captain to Scout', { exact: true })).toBeVisible()
  await expect(page.getByText(/Your part as Scout/)).toBeVisible()
  await page.mouse.click(x, y)
  await expect(ide.inspector.getByRole('heading', { name: 'Scout' })).toBeVisible()
  await expect(ide.inspector.getByRole('region', { name: 'Delegation' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+b')
  await expect(ide.inspector).toBeHidden()

  // A team becomes one card that counts those inside, also after a reload.
  await card('Builder').getByRole('button', { name: 'Collapse the team of Builder' }).click()
  await expect(card('Mason')).toBeHidden()
  await expect(card('Builder')).toContainText('3 agents · 1 running')
  await page.reload()
  await expect(card('Builder')).toContainText('3 agents')
  await expect(card('Mason')).toBeHidden()
  await by.pointAtEdge(card('Captain'), card('Builder'))
  await expect(page.getByText('From Captain to Builder', { exact: true })).toBeVisible()

  // Colours say what the legend says, in numbers.
  await by.chooseOverlay('Queue')
  await expect(by.legend).toContainText('4 or more')
  await expect(card('Scout')).toContainText('none queued')
  await expectAccessible(page)

  // All of this is kept by a name, for the person, in whatever browser.
  await by.saveView('Builders by queue')
  await by.look.getByRole('button', { name: 'Expand all teams' }).click()
  await by.chooseOverlay('No overlay')
  await expect(card('Mason')).toBeVisible()
  await expect(by.legend).toBeHidden()
  const elsewhere = await browser.newContext({ storageState: session })
  const other = await elsewhere.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('group', { name: 'Mason' })).toBeVisible()
  await lookVerbs(other).showView('Builders by queue')
  await expect(other.getByRole('group', { name: 'Mason' })).toBeHidden()
  await expect(lookVerbs(other).legend).toContainText('Queue')
  await elsewhere.close()

  // Deleted by mistake it comes back.
  await by.look.getByRole('button', { name: 'Saved views' }).click()
  await by.views.getByRole('button', { name: 'Delete Builders by queue' }).click()
  await expect(by.views.getByText('Only you see your views')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await by.showView('Builders by queue')
  await expect(card('Mason')).toBeHidden()
  await expect(graph.getByRole('button', { name: 'Expand the team of Builder' })).toBeVisible()
})

test('an org is read by keyboard alone: search, teams, what travels, views, tidying', async ({ ide, team }) => {
  const { page, card } = ide
  const by = lookVerbs(page)
  await ide.openOrg(team.path)
  await ide.delegate('Captain', longWork)
  await page.keyboard.press('ControlOrMeta+\\')
  await expect(card('Captain')).toBeFocused()

  // Collapsed from the keyboard; a search finds who is inside and opens the team.
  await page.keyboard.press('Shift+c')
  await expect(card('Mason')).toBeHidden()
  await expect(card('Builder')).toContainText('3 agents · 1 running')
  await page.keyboard.press('ControlOrMeta+f')
  await expect(by.search.getByRole('textbox')).toBeFocused()
  await page.keyboard.type('name:mason')
  await expect(by.search.getByRole('status')).toHaveText('1 of 6')
  await expect(card('Scout')).toHaveAttribute('data-dimmed')
  await expect(card('Builder')).not.toHaveAttribute('data-dimmed')
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(card('Mason')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(card('Mason')).toBeFocused()
  await expect(card('Scout')).not.toHaveAttribute('data-dimmed')

  // Up to the head, its team as one card and open again, and close to it.
  await page.keyboard.press('ArrowUp')
  await expect(card('Builder')).toBeFocused()
  await page.keyboard.press('c')
  await expect(card('Mason')).toBeHidden()
  await page.keyboard.press('c')
  await expect(card('Mason')).toBeVisible()
  await page.keyboard.press('z')
  await expect(card('Builder')).toBeInViewport()

  // What travels to and from a card, and on to the trace.
  await page.keyboard.press('ArrowUp')
  await expect(card('Captain')).toBeFocused()
  await expect(card('Cook')).toHaveAttribute('data-activity', 'working')
  await page.keyboard.press('e')
  const list = page.getByRole('dialog', { name: 'To and from Captain' })
  await expect(list.getByRole('listitem')).toHaveCount(4)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(card('Captain')).toBeFocused()
  await page.keyboard.press('e')
  await expect(list.getByRole('button', { name: /Survey the coast/ }).first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(ide.inspector.getByRole('region', { name: 'Delegation' })).toBeVisible()

  // A card put elsewhere, the chart tidied as one act, and the act taken back.
  await page.keyboard.press('ControlOrMeta+\\')
  await expect(card('Captain')).toBeFocused()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect(ide.graph.getByRole('button', { name: 'Undo new place of Captain' })).toBeEnabled()
  await page.keyboard.press('t')
  await expect(ide.graph.getByRole('button', { name: 'Undo tidying of the chart' })).toBeEnabled()
  await page.keyboard.press('ControlOrMeta+z')
  await expect(ide.graph.getByRole('button', { name: 'Undo new place of Captain' })).toBeEnabled()

  // A view is kept and shown again.
  await page.keyboard.press('v')
  await expect(by.views).toBeVisible()
  await page.keyboard.type('All of us')
  await page.keyboard.press('Enter')
  await expect(by.views.getByRole('button', { name: 'All of us', exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(by.views).toBeHidden()
})
