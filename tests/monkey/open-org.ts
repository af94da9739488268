import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'

/** Opens the org and waits until it is live, as long as that takes on a machine that does much else. */
export async function openOrg({ page, graph }: Ide, org: Org): Promise<void> {
  await page.goto(org.path, { waitUntil: 'domcontentloaded', timeout: 60_000 })
  await graph.locator('[data-workspace-id]').first().waitFor({ timeout: 60_000 })
  await page
    .getByRole('status', { name: 'Connection' })
    .filter({ hasText: /^Live$/ })
    .waitFor({ timeout: 60_000 })
}
