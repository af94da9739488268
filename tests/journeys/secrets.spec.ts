import type { Page } from '@playwright/test'
import { expectAccessible } from '../support/expect-accessible.ts'
import type { Ide } from '../support/ide.ts'
import type { Server } from '../support/server.ts'
import { withTemplate } from '../support/template.ts'
import { expect, findOrg, type Org, test } from '../support/test.ts'

const first = 'ghp_Zx81kQpLw93mVbT7uEaR45yH'
const second = 'ghp_Nd62sJgFc07xKoI8qWtY19lM'
const values = [first, second]

test('a missing key is asked for, kept, rotated, audited, and never seen again', async ({ ide, server, page }) => {
  const org = await openToolTeam(ide, server, 'Tools')
  const seen = answersOf(page)
  await ide.selectWorkspace('Builder')
  const inspector = page.getByRole('region', { name: 'Inspector' })
  await expect(inspector).toContainText('needs GITHUB_TOKEN or SLACK_BOT_TOKEN')
  await inspector.getByRole('button', { name: 'Add the key' }).click()

  // Only what is missing, and a choice where several keys would do.
  const asked = page.getByRole('dialog', { name: 'Keys for Builder' })
  await expect(asked.getByRole('radio')).toHaveCount(2)
  await expectAccessible(page)
  await asked.getByRole('radio', { name: /GitHub/ }).check()
  await asked.getByRole('textbox', { name: 'GITHUB_TOKEN' }).fill(first)
  await asked.getByRole('button', { name: 'Save 1 key' }).click()
  await expect(asked).toBeHidden()
  await expect(inspector).not.toContainText('needs GITHUB_TOKEN')
  await inspector.getByRole('tab', { name: 'Access' }).click()
  const given = inspector.getByRole('list', { name: 'Secrets it gets' })
  await expect(given).toContainText('GITHUB_TOKEN ••••45yH')
  await expect(given).toContainText('Organisation')

  // Rotated by key alone: who goes on with the new value is told.
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('tab', { name: 'Secrets' })).toBeFocused()
  const row = settings.getByRole('listitem', { name: 'GITHUB_TOKEN', exact: true })
  await row.getByRole('button', { name: 'Replace the value of GITHUB_TOKEN' }).press('Enter')
  await row.getByRole('textbox', { name: 'New value of GITHUB_TOKEN' }).pressSequentially(second)
  await page.keyboard.press('Enter')
  await expect(settings.getByRole('status').filter({ hasText: 'version 2' })).toContainText('1 workspace uses it')
  await expect(settings.getByRole('status').filter({ hasText: 'version 2' })).toContainText('Builder')
  await expect(row).toContainText('••••19lM')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(settings).toBeHidden()

  await page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Audit' }).click()
  const events = page.getByRole('list', { name: 'Events' })
  await expect(events.locator('[data-row]').filter({ hasText: 'GITHUB_TOKEN' })).toHaveCount(2)
  await page.goto(org.path)
  await expect(page.getByRole('region', { name: 'Org graph' })).toBeVisible()
  expect(await leaksIn(page, await seen())).toEqual([])
})

test('a whole .env is read line by line and saved at once; leaving it unsaved asks', async ({ ide, server, page }) => {
  const org = await openToolTeam(ide, server, 'Pasted')
  // In the dark from its first paint on.
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${org.path}?settings=secrets`)
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings).toContainText('No secrets yet')
  await expectAccessible(page)
  await settings.getByRole('button', { name: 'Paste a .env' }).click()
  await settings
    .getByRole('textbox', { name: 'Lines of NAME=value' })
    .fill(`# mine\nexport GITHUB_TOKEN="${first}"\nMY_TOKEN=one\nMY_TOKEN='two of them' # last\nlower=no\nPEM="a\nb"`)
  const preview = settings.getByRole('table', { name: 'What would be saved' })
  await expect(preview.getByRole('row', { name: /MY_TOKEN/ })).toContainText('Twice: last counts')
  await expect(preview.getByRole('row', { name: /GITHUB_TOKEN/ })).toContainText('New')
  await expect(settings).toContainText('Line 5 is left out: lower is no name')
  await expectAccessible(page)

  // Each way out asks, and staying keeps what was typed.
  await page.keyboard.press('Escape')
  const guard = page.getByRole('dialog', { name: 'Leave without saving?' })
  await expect(guard.getByRole('button', { name: 'Keep editing' })).toBeFocused()
  await page.keyboard.press('Enter')
  await settings.getByRole('tab', { name: 'Display' }).click()
  await guard.getByRole('button', { name: 'Keep editing' }).click()
  await expect(settings.getByRole('tab', { name: 'Secrets' })).toHaveAttribute('aria-selected', 'true')
  await settings.getByRole('button', { name: 'Save 3 keys' }).click()
  await expect(settings).toContainText('3 keys are saved.')
  await expectAccessible(page)

  await settings.getByRole('searchbox', { name: 'Find a secret' }).fill('github')
  await expect(settings.getByRole('listitem', { name: 'GITHUB_TOKEN', exact: true })).toBeVisible()
  await expect(settings.getByRole('listitem', { name: 'PEM', exact: true })).toHaveCount(0)
  await settings.getByRole('button', { name: 'Delete GITHUB_TOKEN' }).click()
  await settings.getByRole('button', { name: 'Undo deleting GITHUB_TOKEN' }).click()
  await expect(settings.getByRole('listitem', { name: 'GITHUB_TOKEN', exact: true })).toBeVisible()
  await page.goBack()
  await expect(settings).toBeHidden()
})

test('before real models play, the keys they lack are asked for', async ({ ide, server, page }) => {
  await openToolTeam(ide, server, 'Live')
  await page.getByRole('button', { name: 'Rehearsal' }).click()
  await page.getByRole('button', { name: 'Use real models' }).click()
  const asked = page.getByRole('dialog', { name: 'Use real models' })
  await expect(asked.getByRole('textbox', { name: 'OPENAI_API_KEY' })).toBeFocused()
  await asked.getByRole('textbox', { name: 'OPENAI_API_KEY' }).fill('sk-0123456789abcdefghij')
  await expect(asked.getByRole('button', { name: 'Save 1 key, keep rehearsing' })).toBeEnabled()
  await asked.getByRole('textbox', { name: 'GITHUB_TOKEN' }).fill(first)
  await expect(asked.getByRole('button', { name: 'Save 2 keys and use real models' })).toBeEnabled()
  await asked.getByRole('button', { name: 'Keep rehearsing' }).click()
  await expect(page.getByRole('button', { name: 'Rehearsal' })).toBeVisible()
})

/** A lead whose builder needs a key of one of two services, in an org that still rehearses. */
async function openToolTeam(ide: Ide, server: Server, name: string): Promise<Org> {
  const yaml = `
name: ${JSON.stringify(name)}
description: A team with a tool.
defaults: { runtime: native, model: 'openai:gpt-4o', tier: 2 }
workspaces:
  - name: Captain
    role: Leads.
    files_dir: captain
    children:
      - { name: Builder, role: Builds., required_env: [{ any_of: [GITHUB_TOKEN, SLACK_BOT_TOKEN] }] }
`
  await withTemplate({ 'org.yaml': yaml, 'captain/system-prompt.md': '# Captain\n' }, server.importTemplate)
  const org = await findOrg(ide.page.request, name)
  await ide.openOrg(org.path)
  return org
}

/** The texts of all answers from now on. */
function answersOf(page: Page): () => Promise<string[]> {
  const texts: Promise<string>[] = []
  page.on('response', (response) => {
    // A stream has no end to wait for.
    if (response.headers()['content-type']?.includes('event-stream')) return
    texts.push(response.text().catch(() => ''))
  })
  return () => Promise.all(texts)
}

/** Where one of the values still stands: in the page, in its storage, in what the server said, or in the address. */
async function leaksIn(page: Page, answers: readonly string[]): Promise<string[]> {
  const html = await page.content()
  const fields = await page
    .locator('input, textarea')
    .evaluateAll((all) =>
      all.map((one) => (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? one.value : '')),
    )
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  const places = { page: html, fields: fields.join(' '), stored, address: page.url(), answers: answers.join(' ') }
  return Object.entries(places).flatMap(([where, text]) =>
    values.some((value) => text.includes(value)) ? [where] : [],
  )
}
