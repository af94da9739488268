import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('one list of commands: the overview is searched by words, keys and place, and the menu says the same keys', async ({
  ide,
  team,
}) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await page.keyboard.press('?')
  const overview = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const search = overview.getByRole('searchbox', { name: 'Search the shortcuts' })
  await expect(search).toBeFocused()
  const lines = overview.getByRole('term')
  await expect(lines.filter({ hasText: 'Fit the whole org' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.type('ctrl+k')
  await expect(lines).toHaveText(['Find a command or a place'])
  await search.fill('no such thing')
  await expect(overview).toContainText('No shortcut matches.')
  await search.fill('')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(overview.getByRole('radio', { name: 'On the graph' })).toBeChecked()
  await expect(lines.filter({ hasText: 'Walk over the chart' })).toBeVisible()
  await expect(lines.filter({ hasText: 'Find a command' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(overview).toBeHidden()

  await page.getByRole('button', { name: 'Help', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: /^Keyboard shortcuts/ })).toContainText('?')
  await expectAccessible(page)
  await page.getByRole('menuitem', { name: /^Keyboard shortcuts/ }).press('Enter')
  await expect(overview).toBeVisible()
})

test('the palette finds commands, workspaces, files, settings and open work, and begins with what was chosen last', async ({
  ide,
  team,
}) => {
  const { page, dialog } = ide
  await ide.openOrg(team.path)
  await ide.delegate('Cook', 'Boil forty eggs. [rehearse: slow 600000]')
  const options = dialog.getByRole('option')
  const find = async (words: string) => {
    await page.keyboard.press('ControlOrMeta+k')
    // Before it is there: nothing of it is lost.
    await page.keyboard.type(words)
    await expect(dialog.getByRole('combobox')).toHaveValue(words)
  }

  await find('forty eggs')
  await expect(options.first()).toContainText('Boil forty eggs.')
  await page.keyboard.press('Enter')
  await expect(ide.inspector.getByRole('region', { name: 'Delegation' })).toContainText('Boil forty eggs.')

  await find('mason prompt')
  await expect(options.first()).toContainText('system-prompt.md')
  await page.keyboard.press('Enter')
  await expect(ide.editor.getByRole('textbox', { name: 'Prompt of Mason' })).toBeAttached()

  await find('settings people')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeHidden()

  await find('qxjq')
  await expect(dialog).toContainText('Nothing matches “qxjq”.')
  await expectAccessible(page)
  await page.keyboard.press('Escape')

  await find('')
  await expect(dialog.getByRole('group', { name: 'Recent' }).getByRole('option')).toContainText([
    'Settings: People',
    'Boil forty eggs.',
  ])
  await expectAccessible(page)
})

test('what is typed while the palette or the overview of keys is still on its way stands in its field, and nowhere else', async ({
  ide,
  team,
}) => {
  const { page, dialog } = ide
  const arrived = { palette: Promise.withResolvers<void>(), shortcuts: Promise.withResolvers<void>() }
  for (const part of ['palette', 'shortcuts'] as const) {
    await page.route(new RegExp(`/assets/${part}-[\\w-]{8}\\.js$`), async (route) => {
      await arrived[part].promise
      await route.continue()
    })
  }
  await ide.openOrg(team.path)
  await ide.selectWorkspace('Captain')
  await ide.openPrompt('Captain')
  await ide.writeInstead('Lead.')

  const ahead = dialog.getByRole('textbox', { name: 'Find a command or a place' })
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('never mind')
  await expect(ahead).toHaveValue('never mind')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(ahead).toBeHidden()
  await page.keyboard.type(' Ask.')
  await expect(ide.text).toHaveText(/Lead\.\s+Ask\.$/)
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('masonx')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  arrived.palette.resolve()
  const field = dialog.getByRole('combobox')
  await expect(field).toHaveValue('mason')
  await expect(field).toBeFocused()
  await page.keyboard.type(' prompt')
  await expect(field).toHaveValue('mason prompt')
  await expect(dialog.getByRole('option').first()).toContainText('system-prompt.md')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.type(' Wait.')
  await expect(ide.text).toHaveText(/Lead\.\s+Ask\.\s+Wait\.$/)

  await ide.card('Scout').click()
  await page.keyboard.press('?')
  await page.keyboard.type('fit')
  arrived.shortcuts.resolve()
  await expect(dialog.getByRole('searchbox', { name: 'Search the shortcuts' })).toHaveValue('fit')
  await page.keyboard.type(' the')
  await expect(dialog.getByRole('term')).toHaveText(['Fit the whole org'])
})

test('no command fires while a person types', async ({ ide, team }) => {
  const { page } = ide
  await ide.openOrg(team.path)
  await page.keyboard.press('?')
  const caps = page.getByRole('dialog', { name: 'Keyboard shortcuts' }).locator('dd kbd')
  await expect(caps.first()).toBeVisible()
  const all = await caps.evaluateAll((found) =>
    found.map((cap) => [...cap.children].map((key) => key.textContent ?? '')),
  )
  await page.keyboard.press('Escape')
  const typed = all.flatMap((keys) => (keys.length === 1 && keys[0]?.length === 1 && /[\w?]/.test(keys[0]) ? keys : []))
  const letters = [...new Set(typed)].join('').toLowerCase()
  expect(letters.length).toBeGreaterThan(8)

  await ide.selectWorkspace('Captain')
  await ide.openPrompt('Captain')
  await ide.writeInstead('x')
  await page.keyboard.type(`${letters}${letters.toUpperCase()}`)
  await expect(ide.text).toContainText(`x${letters}${letters.toUpperCase()}`)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(ide.card('Captain')).toBeVisible()
})

test('who goes elsewhere in the moment a dialog closes stays there', async ({ ide, team }) => {
  const { page, dialog } = ide
  await ide.openOrg(team.path)
  await page.getByRole('button', { name: 'New delegation' }).first().click()
  await expect(dialog.getByRole('textbox', { name: 'Task' })).toBeFocused()
  // A page gives the focus back a moment after the dialog is gone: here it went on within that moment.
  await page.getByLabel('Scout', { exact: true }).evaluate((place: HTMLElement) => {
    const closing = new MutationObserver(() => {
      if (document.querySelector('[role="dialog"]')) return
      closing.disconnect()
      place.focus()
      const wait = () => setTimeout(() => place.setAttribute('data-gone-on', ''))
      requestAnimationFrame(() => requestAnimationFrame(wait))
    })
    closing.observe(document.body, { childList: true, subtree: true })
  })
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-gone-on]')).toBeFocused()

  // Who went nowhere is where the dialog was opened.
  await page.getByRole('button', { name: 'New delegation' }).first().click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'New delegation' }).first()).toBeFocused()
})
