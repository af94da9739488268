import type { Ide } from '../support/ide.ts'

/** From the audit, from a dock that has all the room: as a person does it, without a reload. */
export async function backToGraph({ page, graph }: Ide): Promise<boolean> {
  const fit = graph.getByRole('button', { name: 'Fit the whole org' })
  if (await fit.isVisible()) return true
  await page
    .getByRole('button', { name: 'Graph', exact: true })
    .first()
    .click({ timeout: 3_000 })
    .catch(() => {})
  await page.keyboard.press('ControlOrMeta+Backslash').catch(() => {})
  return await fit.waitFor({ timeout: 8_000 }).then(
    () => true,
    () => false,
  )
}
