import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Nothing that keeps people out. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page)
  await expectNothingFound(axe(page))
}

/** In both themes; the page is left in the light one. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectReadable(page)
  await page.emulateMedia({ colorScheme: 'light' })
}

/** Only what another theme can change. */
export async function expectReadable(page: Page): Promise<void> {
  await settled(page)
  await expectNothingFound(axe(page).withRules(['color-contrast', 'link-in-text-block']))
}

/** Monaco's own parts are Monaco's. Where there are no frames the page judges itself: in half the time. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page })
    .exclude('.monaco-editor')
    .options({ resultTypes: ['violations'] })
    .setLegacyMode(page.frames().length === 1)
}

/** A theme fades in, and half-way between two themes nothing is readable: judged is what stays. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)').matches
    // High contrast is chosen by hand and follows no query.
    const { theme } = document.documentElement.dataset
    if (theme !== 'contrast' && theme !== (dark ? 'dark' : 'light')) return false
    return document.getAnimations().every(({ playState, effect }) => {
      return playState !== 'running' || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY
    })
  })
}

async function expectNothingFound(look: AxeBuilder): Promise<void> {
  const { violations } = await look.analyze()
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  )
  expect(found).toEqual([])
}
