import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'
import { orgOf } from './org-of.ts'

type Walk = { name: string; ide: Ide; org: Org; note: (words: string) => void }

/** What a page may take to get somewhere after it was told to go there. */
const wayThereMs = 10_000
/** Where a browser is that found no server to load a page from; its address may still be the one it wanted. */
const nowhere = 'no page at all'

/**
 * Watches whether a page is still in the house. An act that may lead elsewhere is noted and walked back from; a page that is
 * elsewhere without such an act was led there by the product, which is a finding.
 */
export function stayHome({ name, ide, org, note }: Walk) {
  const findings: string[] = []
  let leftLately = Number.NEGATIVE_INFINITY

  async function after(act: { name: string; leadsElsewhere?: true }): Promise<void> {
    if (act.leadsElsewhere) leftLately = performance.now()
    const address = (await hasApp()) ? ide.page.url() : nowhere
    if (orgOf(address) === org.id) return
    note(`${name} is elsewhere after this: ${address}`)
    if (address !== nowhere && performance.now() - leftLately > wayThereMs) {
      findings.push(`${name}'s page went to ${address} by itself, during "${act.name}".`)
    }
    await ide.page.goto(org.path, { waitUntil: 'domcontentloaded', timeout: 10_000 }).then(
      () => note(`${name} walked back`),
      () => note(`${name} could not walk back yet`),
    )
  }

  function hasApp(): Promise<boolean> {
    return ide.page.evaluate(() => document.getElementById('root') !== null).catch(() => false)
  }

  return { findings, after }
}
