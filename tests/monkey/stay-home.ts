import type { Ide } from '../support/ide.ts'
import type { Org } from '../support/test.ts'
import { orgOf } from './org-of.ts'

type Walk = { name: string; ide: Ide; org: Org; note: (words: string) => void }

/** What a page may take to get somewhere after it was told to go there. */
const wayThereMs = 10_000
/** Where a browser is that found no server to load a page from. */
const nowhere = /^(chrome-error|about):/

/**
 * Watches whether a page is still in the house. An act that may lead elsewhere is noted and walked back from; a page that is
 * elsewhere without such an act was led there by the product, which is a finding.
 */
export function stayHome({ name, ide, org, note }: Walk) {
  const findings: string[] = []
  let leftLately = Number.NEGATIVE_INFINITY

  async function after(act: { name: string; leadsElsewhere?: true }): Promise<void> {
    if (act.leadsElsewhere) leftLately = performance.now()
    const address = ide.page.url()
    if (orgOf(address) === org.id) return
    note(`${name} is elsewhere after this: ${address}`)
    if (!nowhere.test(address) && performance.now() - leftLately > wayThereMs) {
      findings.push(`${name}'s page went to ${address} by itself, during "${act.name}".`)
    }
    await ide.page.goto(org.path, { waitUntil: 'domcontentloaded', timeout: 10_000 }).then(
      () => note(`${name} walked back`),
      () => note(`${name} could not walk back yet`),
    )
  }

  return { findings, after }
}
