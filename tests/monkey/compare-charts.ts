import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'
import { openOrg } from './open-org.ts'

type Shown = { name: string; at: string; status: string }
type Listed = { id: string; name: string; parentId: string | null; status: string }

/** What a page shows against what the server has, without and with a fresh start; a finding a difference. */
export async function compareCharts({ name, ide }: { name: string; ide: Ide }, org: Org): Promise<string[]> {
  await showAll(ide)
  const followed = await untilQuiet(ide)
  const findings = differences(`${name}'s graph`, followed, await chartOf(ide, org))
  await openOrg(ide, org)
  await showAll(ide)
  const fresh = await untilQuiet(ide)
  // Where cards lie follows from who is below whom and from where they were put.
  for (const [id, { name: card, at }] of fresh) {
    const before = followed.get(id)
    if (before && before.at !== at) {
      findings.push(`${name}'s graph had ${card} at ${before.at}; after a reload it is at ${at}.`)
    }
  }
  return findings
}

async function showAll({ graph }: Ide): Promise<void> {
  await graph.getByRole('button', { name: 'Fit the whole org' }).click({ timeout: 10_000 })
}

async function shownIn({ graph }: Ide): Promise<Map<string, Shown>> {
  const cards = await graph.locator('[data-workspace-id]').evaluateAll((found) =>
    found.map((card) => {
      const node = card.closest('.react-flow__node')
      const { transform } = node instanceof HTMLElement ? node.style : { transform: '' }
      const [x = 0, y = 0] = (transform.match(/-?[\d.]+/g) ?? []).map((each) => Math.round(Number(each)))
      return {
        id: card.getAttribute('data-workspace-id') ?? '',
        name: card.getAttribute('aria-label') ?? '',
        status: card.getAttribute('data-status') ?? '',
        at: `${x},${y}`,
      }
    }),
  )
  return new Map(cards.map(({ id, ...card }) => [id, card]))
}

/** The cards once they are the same twice in a row: nothing moves any more. */
async function untilQuiet(ide: Ide): Promise<Map<string, Shown>> {
  let before = await shownIn(ide)
  for (let time = 0; time < 40; time++) {
    await ide.page.waitForTimeout(250)
    const now = await shownIn(ide)
    if (JSON.stringify([...now]) === JSON.stringify([...before]) && time > 2) return now
    before = now
  }
  return before
}

async function chartOf({ page }: Ide, org: Org): Promise<Listed[]> {
  const input = encodeURIComponent(JSON.stringify({ orgId: org.id }))
  const answer = await page.request.get(`/api/trpc/workspaces.list?input=${input}`)
  const body: { result: { data: { workspaces: Listed[] } } } = await answer.json()
  return body.result.data.workspaces
}

function differences(whose: string, shown: ReadonlyMap<string, Shown>, stored: readonly Listed[]): string[] {
  const findings: string[] = []
  for (const { id, name, status } of stored) {
    const card = shown.get(id)
    if (!card) findings.push(`${whose} does not show ${name}, which the server has.`)
    else if (card.name !== name) findings.push(`${whose} calls ${card.name} what the server calls ${name}.`)
    else if (card.status !== status)
      findings.push(`${whose} shows ${name} as ${card.status}; the server says ${status}.`)
  }
  const known = new Set(stored.map(({ id }) => id))
  for (const [id, { name }] of shown) {
    if (!known.has(id)) findings.push(`${whose} shows ${name}, which the server does not have.`)
  }
  return findings
}
