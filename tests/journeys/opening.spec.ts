import type { Page } from '@playwright/test'
import { type Listed, serverVerbs } from '../support/server-verbs.ts'
import { expect, type Org, test } from '../support/test.ts'

test('what happens between two answers of a page that opens is on the page', async ({ ide, team, server, request }) => {
  const { page } = ide
  const api = serverVerbs(request, server.url)
  const rule = { tool: 'delegate_task', workspaceId: null, maxTier: null, minCost: null, expiresSeconds: 600 }
  await api.act('approvals.setRule', { orgId: team.id, escalate: 'people', ...rule })
  await openInTheMiddle(page, () => askTwice(api, team))
  await page.goto(team.path)
  await expect(ide.card('Builder')).toHaveAttribute('data-activity', 'waiting-approval')
  await expect(page.getByRole('button', { name: /^Approvals/ })).toHaveAccessibleName('Approvals: 2 waiting')
})

/** Work that comes to two questions. */
async function askTwice(api: ReturnType<typeof serverVerbs>, { id: orgId }: Org): Promise<void> {
  const { workspaces } = await api.read<Listed>('workspaces.list', { orgId })
  const builder = workspaces.find(({ name }) => name === 'Builder')
  await api.act('delegations.create', { orgId, workspaceId: builder?.id, task: 'Build a shed.' })
  await expect(async () => {
    expect((await api.read<{ pending: number }>('approvals.list', { orgId, which: 'pending' })).pending).toBe(2)
  }).toPass()
}

const beginnings = ['workspaces.list', 'delegations.active']

/** The chart and its work are answered after something happened, all that is asked beside them before it. */
async function openInTheMiddle(page: Page, happen: () => Promise<void>): Promise<void> {
  let happened: Promise<void> | undefined
  await page.route('**/api/trpc/**', async (route) => {
    const names = new URL(route.request().url()).pathname.split('/').at(-1)?.split(',') ?? []
    if (happened || route.request().method() !== 'GET') return route.continue()
    const early = await route.fetch()
    if (!names.includes('delegations.active')) return route.fulfill({ response: early })
    happened = happen()
    await happened
    const late = await route.fetch()
    const [before, after] = [await early.json(), await late.json()]
    const json = names.map((name, index) => (beginnings.includes(name) ? after[index] : before[index]))
    return route.fulfill({ response: late, json })
  })
}
