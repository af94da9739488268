import { type Listed, serverVerbs } from '../support/server-verbs.ts'
import { withTemplate } from '../support/template.ts'
import { expect, findOrg, test } from '../support/test.ts'

const org = (name: string) => `
name: ${JSON.stringify(name)}
defaults: { runtime: native, model: rehearsal }
workspaces:
  - name: Director
    children:
      - name: Editor
        children: [{ name: Archivist }, { name: Printer }]
      - name: Watchman
      - name: Copywriter
      - name: Dispatcher
        files_dir: dispatcher
        children: [{ name: Driver }, { name: Packer }, { name: Porter }, { name: Courier }, { name: Loader }]
`
const drafts = Array.from({ length: 20 }, (_, index) => `      - message_user: Draft ${index + 1} is not good enough.`)
const everyone = ['Director', 'Editor', 'Archivist', 'Printer', 'Driver', 'Packer', 'Porter', 'Courier', 'Loader']
const rehearsal = `
version: 1
scripts:
  - workspace: Copywriter
    when: { includes: [drafts] }
    turns:
${drafts.join('\n')}
  - workspace: Editor
    when: { includes: [yearbook] }
    turns:
      - { call: [{ tool: create_plan, args: { items: [{ title: Ask the archive }] } }] }
      - { delegate: [{ to: Archivist, task: Archive search }] }
      - { answer: "The yearbook is written. {result:Archivist}" }
  - workspace: Archivist
    when: { includes: [archive search] }
    turns:
      - { message_user: I am at the shelves., delay_ms: 4000 }
      - { answer: Twelve volumes were found. }
${everyone.map((name) => `  - { workspace: ${name}, when: { always: true }, turns: [{ answer: "${name}: {task}" }] }`).join('\n')}
`
const directed: Record<string, string> = {
  Watchman: 'Look around. [rehearse: loop]',
  Copywriter: 'Write drafts. [rehearse: tokens 4096]',
  Dispatcher: 'Bring it to everyone. [rehearse: storm 20]',
}

test('of twelve agents on schedules the three runaways are stopped, and paused work goes on in a restored copy', async ({
  ide,
  server,
  request,
}, { testId }) => {
  const { page, inspector, dialog } = ide
  const name = `Almanac ${testId.slice(-6)}`
  const files = {
    'org.yaml': org(name),
    'rehearsal.yaml': rehearsal,
    'dispatcher/config.yaml': 'runtime: native\nmodel: rehearsal\nmax_steps: 300\n',
  }
  await withTemplate(files, (dir) => server.importTemplate(dir))
  const { id: orgId, path } = await findOrg(request, name)
  const { act, read } = serverVerbs(page.request, server.url)
  await ide.openOrg(path)
  await act('budgets.setPrice', { orgId, model: 'rehearsal', input: 1_000_000, output: 15_000_000 })
  await act('budgets.set', { orgId, scope: 'org', period: 'run', limits: { money: 500_000 } })
  const { workspaces } = await read<Listed>('workspaces.list', { orgId })
  for (const { id: workspaceId, name: whose } of workspaces) {
    const task = directed[whose] ?? 'The daily round.'
    const schedule = { orgId, workspaceId, name: `Round of ${whose}`, cron: '0 4 1 1 *', timeZone: 'UTC', task }
    const { scheduleId } = await act<{ scheduleId: string }>('schedules.create', schedule)
    await act('schedules.run', { orgId, scheduleId })
  }

  // The three stand still, each with its reason; everybody else has done its round.
  await expect(ide.card('Copywriter')).toHaveAttribute('data-activity', 'waiting-budget', { timeout: 30_000 })
  await expect(ide.card('Watchman')).toHaveAttribute('data-activity', 'waiting-input')
  await expect(ide.card('Dispatcher')).toHaveAttribute('data-activity', 'waiting-input', { timeout: 30_000 })
  for (const one of everyone) await expect(ide.card(one)).toHaveAttribute('data-activity', 'completed')
  await ide.selectWorkspace('Copywriter')
  await ide.waitForAnswer('Write drafts.', 'budget for each run has')
  await page.keyboard.press('Escape')

  const banner = page.getByRole('region', { name: 'Stopped by the loop breaker' })
  await expect(banner).toContainText('Watchman called list_peers 5 times with the same arguments')
  await expect(banner).toContainText('1 more waits for an answer')
  await banner.getByRole('button', { name: 'End it' }).click()
  await expect(banner).toContainText('One piece of work of Dispatcher handed out 60 others')
  await expect(ide.card('Watchman')).toHaveAttribute('data-activity', 'failed')

  await ide.selectWorkspace('Dispatcher')
  await inspector.getByRole('tab', { name: 'Activity' }).click()
  const download = page.waitForEvent('download')
  await inspector.getByRole('button', { name: 'Export this log' }).click()
  expect((await download).suggestedFilename()).toMatch(/^delegraph-audit-.*\.jsonl$/)

  await ide.delegate('Editor', 'Write the yearbook.')
  await expect(ide.card('Archivist')).toHaveAttribute('data-activity', 'working')
  await ide.chooseFromMenuOf('Editor', 'Pause')
  await expect(ide.card('Archivist')).toHaveAttribute('data-status', 'paused')
  await page.getByRole('button', { name: `Organisation: ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Snapshots…' }).click()
  await dialog.getByRole('button', { name: 'Take a snapshot' }).click()
  await dialog.getByRole('button', { name: 'Restore as a new org' }).click()

  await expect(page.getByRole('button', { name: `Organisation: ${name} (restored)` })).toBeVisible()
  await expect(ide.card('Director')).toHaveAttribute('data-status', 'paused')
  await ide.chooseFromMenuOf('Director', 'Resume')
  await expect(ide.card('Director')).not.toHaveAttribute('data-status', 'paused')
  await ide.chooseFromMenuOf('Editor', 'Resume')
  await expect(ide.card('Editor')).not.toHaveAttribute('data-status', 'paused')
  await ide.selectWorkspace('Editor')
  await ide.waitForAnswer('Write the yearbook.', 'The yearbook is written. Twelve volumes were found.')
})
