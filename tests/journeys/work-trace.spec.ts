import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('a trace is read by mouse: the tree, the steps in time, and exactly what the model was sent', async ({
  ide,
  team,
}) => {
  const { page, inspector, steps } = ide
  await ide.openOrg(team.path)
  await ide.delegate('Builder', 'Build a shed.')
  await ide.card('Builder').click()
  await ide.waitForAnswer('Build a shed.', 'Answer of the rehearsal model')
  const tree = inspector.getByRole('region', { name: 'Work tree' })
  await expect(tree.getByRole('button')).toHaveCount(2)
  await expectAccessible(page)

  // The first model call, opened: what it was sent by part, each to the letter.
  await steps
    .getByRole('button', { name: /rehearsal/ })
    .first()
    .click()
  const sent = steps.getByRole('region', { name: 'Context window' })
  await expect(sent).toContainText('Task from')
  await sent.getByRole('button', { name: /^Task from/ }).click()
  await expect(sent.getByText('Build a shed.', { exact: true })).toBeVisible()
  await sent.getByRole('button', { name: /^Its peers/ }).click()
  await expect(sent.getByText(/Peers you may delegate to:/)).toBeVisible()
  await expect(steps.getByRole('region', { name: /^What the rehearsal model said/ })).toContainText(
    'calls delegate_task',
  )
  await expectAccessible(page)

  // What was handed on is nested where it was handed on.
  await steps.getByRole('button', { name: /^Mason/ }).click()
  const nested = steps.getByRole('region', { name: 'Steps of Mason' })
  await expect(nested.getByRole('button', { name: /rehearsal/ })).toBeVisible()
  await steps.getByRole('button', { name: /^Tool calls/ }).click()
  await expect(steps.locator('> ol > li')).toHaveCount(2)
  await steps
    .getByRole('button', { name: /delegate_task/ })
    .first()
    .click()
  await expect(steps.getByRole('region', { name: 'Called with' })).toContainText('workspace')
  await expectAccessible(page)

  await tree.getByRole('button', { name: /Painter/ }).click()
  await expect(tree.locator('[aria-current="true"]')).toContainText('Painter')
})

test('by key alone: from step to step, opened and closed, and back up the tree', async ({ ide, team }) => {
  const { page, inspector, steps } = ide
  await ide.openOrg(team.path)
  await ide.delegate('Builder', 'Build a tower.')
  await ide.card('Builder').click()
  await ide.waitForAnswer('Build a tower.', 'Answer of the rehearsal model')
  const rows = steps.locator('[data-step]')
  await rows.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(rows.nth(1)).toHaveAttribute('aria-expanded', 'true')
  const sent = steps.getByRole('region', { name: 'Context window' })
  await expect(sent.getByRole('button').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(sent.getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Space')
  await expect(sent.getByRole('button').first()).toHaveAttribute('aria-expanded', 'true')
  await page.keyboard.press('Home')
  await expect(rows.first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(rows.last()).toBeFocused()

  const tree = inspector.getByRole('region', { name: 'Work tree' })
  await tree.getByRole('button', { name: /Mason/ }).focus()
  await page.keyboard.press('Enter')
  await expect(tree.locator('[aria-current="true"]')).toContainText('Mason')
  await tree.getByRole('button', { name: /Builder/ }).focus()
  await page.keyboard.press('Enter')
  await expect(tree.locator('[aria-current="true"]')).toContainText('Builder')
  await expectAccessible(page)
})
