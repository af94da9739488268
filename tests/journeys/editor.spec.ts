import { expectAccessible, expectAccessibleInBothThemes } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('the editor knows what a prompt and a config may name, says what is wrong and mends it', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.openPrompt('Captain')

  await ide.writeInstead('# Captain\n\nCall `delegate_tsk` for Scout.\n')
  await expect(ide.editor.getByText(/^about \d+ tokens · free in rehearsal$/)).toBeVisible()
  await expect(ide.editor.locator('.squiggly-warning').first()).toBeVisible()
  await ide.text.getByText('delegate_tsk').first().click()
  await page.keyboard.press('ControlOrMeta+.')
  await page.getByText('Change to delegate_task').click()
  await expect(ide.text).toContainText('delegate_task')
  await expect(ide.editor.locator('.squiggly-warning')).toHaveCount(0)

  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type('{{req')
  const suggestions = page.locator('.suggest-widget')
  await expect(suggestions.getByText('{{requester}}')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(ide.text).toContainText('{{requester}}')
  await ide.save()
  await expect(ide.saved).toHaveText('Saved')

  await ide.text.getByText('Scout', { exact: false }).last().click()
  await page.keyboard.press('ControlOrMeta+Home')
  await page.keyboard.press('ControlOrMeta+f')
  await page.keyboard.type('Scout')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('F12')
  await expect(ide.editor.getByRole('textbox', { name: 'Prompt of Scout' })).toBeAttached()

  await ide.openTab('Config')
  await ide.writeInstead('# Kept words\nrole: Scouts   # far\ntier: 9\n')
  await expect(ide.editor.locator('.squiggly-error').first()).toBeVisible()

  await page.getByRole('button', { name: 'Show as form' }).click()
  const form = ide.editor.getByRole('form', { name: 'Config of Scout' })
  await expect(form.getByText('Use at most 5.')).toBeVisible()
  await expectAccessibleInBothThemes(page)
  await form.getByRole('textbox', { name: 'Tier' }).fill('3')
  await expect(form.getByText('Use at most 5.')).toHaveCount(0)
  await form.getByRole('combobox', { name: 'Tools' }).fill('run_code')
  await page.keyboard.press('Enter')
  await form.getByRole('textbox', { name: 'Role' }).fill('Scouts ahead')

  await page.getByRole('button', { name: 'Show as YAML' }).click()
  await expect(ide.text).toContainText('# Kept words')
  await expect(ide.text).toContainText('role: Scouts ahead   # far')
  await expect(ide.text).toContainText('- run_code')
  await ide.save()
  await expect(ide.saved).toHaveText('Saved')
  await expect(ide.card('Scout')).toContainText('Scouts ahead')
})

test('files are kept in folders, tabs and two sides; what was done to them can be undone', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.openTab('Files')
  await ide.makeFile('notes/plan.md')
  await ide.writeInstead('# Plan\n* one\n')
  await page.getByRole('button', { name: 'Editor options' }).click()
  await page.getByRole('menuitemradio', { name: /Put lists/ }).click()
  await ide.save()
  await expect(ide.saved).toHaveText('Saved')
  await expect(ide.text).toContainText('- one')

  await ide.addFiles({ name: 'logo.png', content: Buffer.from([0x89, 0x50, 0, 1]) })
  await expect(page.getByText('logo.png was not added')).toBeVisible()
  await expect(page.getByText('It is not text', { exact: false })).toBeVisible()
  await ide.addFiles({ name: 'facts.md', content: Buffer.from('# Facts\n') })
  await expect(ide.fileTab('facts.md')).toHaveAttribute('aria-selected', 'true')

  // By keyboard alone from here: split, rename, delete, undo, close.
  await ide.row('facts.md').focus()
  await page.keyboard.press('F2')
  const rename = page.getByRole('dialog', { name: 'Rename facts.md' })
  await rename.getByRole('textbox', { name: 'Path' }).fill('notes/facts.md')
  await page.keyboard.press('Enter')
  await expect(ide.fileTab('notes/facts.md')).toHaveAttribute('aria-selected', 'true')
  await ide.row('notes, folder with 2').focus()
  await page.keyboard.press('Home')
  await expect(ide.row('notes, folder with 2')).toBeFocused()
  if ((await ide.row('notes, folder with 2').getAttribute('aria-expanded')) === 'false') {
    await page.keyboard.press('ArrowRight')
  }
  await page.keyboard.press('ArrowDown')
  await expect(ide.row('facts.md')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(ide.fileTab('notes/plan.md')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Alt+\\')
  const right = ide.editor.getByRole('tablist', { name: 'Open files, right' })
  await expect(right.getByRole('tab')).toHaveCount(1)
  await expectAccessible(page)

  await page.reload()
  await expect(right.getByRole('tab', { name: 'notes/plan.md' })).toBeVisible()
  await page.keyboard.press('Alt+w')
  await expect(right).toHaveCount(0)

  if ((await ide.row('notes, folder with 2').getAttribute('aria-expanded')) === 'false') {
    await ide.row('notes, folder with 2').focus()
    await page.keyboard.press('ArrowRight')
  }
  await ide.row('facts.md').focus()
  await page.keyboard.press('Delete')
  await expect(ide.row('facts.md')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo', exact: true }).last().press('Enter')
  await expect(ide.row('facts.md')).toBeVisible()
})
