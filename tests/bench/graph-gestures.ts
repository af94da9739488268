import type { Page } from '@playwright/test'

/** What goes on while the graph is measured, each for so long. */
export const rest = (ms: number) => async (tab: Page) => await tab.waitForTimeout(ms)

export const pan = (ms: number) => async (tab: Page) => {
  await tab.mouse.move(720, 450)
  await every16ms(tab, ms, (step) => tab.mouse.wheel(step % 60 < 30 ? 12 : -12, 0))
}

/** Takes hold of a card in the middle of the screen and moves it a little; gives where the pointer is then. */
export async function hold(tab: Page): Promise<{ x: number; y: number }> {
  const at = await tab.evaluate(() => {
    const boxes = [...document.querySelectorAll('[data-workspace-id]')].map((card) => card.getBoundingClientRect())
    const isNear = ({ x, y }: DOMRect) => x > 300 && x < 1000 && y > 250 && y < 600
    const box = boxes.find(isNear)
    return box && { x: box.x + box.width / 4, y: box.y + box.height / 3 }
  })
  if (!at) throw new Error('There is no card in the middle of the screen.')
  await tab.mouse.move(at.x, at.y)
  await tab.mouse.down()
  const to = { x: at.x + 20, y: at.y + 10 }
  await tab.mouse.move(to.x, to.y, { steps: 4 })
  return to
}

export const drag = (ms: number) => async (tab: Page) =>
  await every16ms(tab, ms, (step) => tab.mouse.move(600 + (step % 80), 420 + (step % 40)))

async function every16ms(tab: Page, ms: number, act: (step: number) => Promise<void>): Promise<void> {
  const end = Date.now() + ms
  for (let step = 0; Date.now() < end; step += 1) {
    await act(step)
    await tab.waitForTimeout(16)
  }
}
