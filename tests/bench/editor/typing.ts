import type { Page } from '@playwright/test'

/** For each key: how long it kept the page busy, and how long until the frame that shows it was made, waiting for it included. */
export type Typing = { work: number[]; toFrame: number[] }

const words = 'Say what you did and what you found, in words that a stranger can check. '
const keys = 200
/** A quick typist; no multiple of a frame, so that keys fall anywhere between two. */
const betweenMs = 47

/** Types in the middle of what is open in the editor. */
export async function measureTyping(page: Page): Promise<Typing> {
  await takeEditor(page)
  await page.keyboard.press('ControlOrMeta+Home')
  for (let screen = 0; screen < 8; screen++) await page.keyboard.press('PageDown')
  await page.keyboard.press('End')
  return await type(page)
}

/** Presses where the text is seen; all its lines together are higher than the screen. */
export async function takeEditor(page: Page): Promise<void> {
  await page
    .locator('section[aria-label="Editor"] .editor-scrollable')
    .first()
    .click({ position: { x: 240, y: 40 } })
}

/** The same keys in a text area of the browser's own, laid over the page. */
export async function measureTypingBare(page: Page, text: string): Promise<Typing> {
  await page.evaluate((value) => {
    const area = document.createElement('textarea')
    area.value = value
    area.id = 'bare'
    area.style.cssText = 'position:fixed;inset:0;z-index:1000;font:13px monospace'
    document.body.append(area)
    area.focus()
    area.setSelectionRange(value.length / 2, value.length / 2)
  }, text)
  const typed = await type(page)
  await page.evaluate(() => document.querySelector('#bare')?.remove())
  return typed
}

async function type(page: Page): Promise<Typing> {
  await page.evaluate(() => {
    const typing: Typing = { work: [], toFrame: [] }
    const watch = new AbortController()
    const channel = new MessageChannel()
    const afterPaint: (() => void)[] = []
    channel.port1.onmessage = () => afterPaint.shift()?.()
    addEventListener(
      'keydown',
      ({ timeStamp }) => {
        // Asked for before the page asks: called first in the frame, so all that follows is the drawing of it.
        requestAnimationFrame(() => {
          const frameAt = performance.now()
          afterPaint.push(() => {
            const done = performance.now()
            typing.work.push(inputDone - timeStamp + (done - frameAt))
            typing.toFrame.push(done - timeStamp)
          })
          channel.port2.postMessage(null)
        })
        let inputDone = performance.now()
        const note = () => {
          inputDone = performance.now()
        }
        // An editor with an edit context of its own is told by it, everything else by the page.
        const context: unknown = Reflect.get(document.activeElement ?? {}, 'editContext')
        const told = { once: true, signal: watch.signal }
        if (context instanceof EventTarget) context.addEventListener('textupdate', () => queueMicrotask(note), told)
        else addEventListener('input', () => queueMicrotask(note), told)
      },
      { capture: true, signal: watch.signal },
    )
    Object.assign(window, { typing, stopTyping: () => watch.abort() })
  })
  for (let key = 0; key < keys; key++) {
    await page.keyboard.press(words[key % words.length] === ' ' ? 'Space' : (words[key % words.length] ?? 'x'))
    await page.waitForTimeout(betweenMs)
  }
  const typing: Typing = await page.evaluate('window.stopTyping(), window.typing')
  return typing
}
