import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Nothing that keeps people out. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNothingFound(axe(page))
}

/** Only what another theme can change. */
export async function expectReadable(page: Page): Promise<void> {
  await expectNothingFound(axe(page).withRules(['color-contrast', 'link-in-text-block']))
}

/** Monaco's own parts are Monaco's. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).exclude('.monaco-editor')
}

async function expectNothingFound(look: AxeBuilder): Promise<void> {
  const { violations } = await look.analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  )
  expect(found).toEqual([])
}
