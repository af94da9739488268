/** While somebody types, what events change is drawn and asked for so often: a blink late is true enough, a late letter is felt. */
export const typingPaceMs = 1_000
const typingMs = 250
/** Where no key comes meanwhile, what waits for one is done. */
const longestMs = 200
/** Begun so soon after a key was drawn, it is done before even a quick typist presses the next. */
const roomMs = 12

const waiting: (() => void)[] = []
let typedAt = Number.NEGATIVE_INFINITY
let drawnAt = Number.NEGATIVE_INFINITY
let isKeyDue = false
let timer: ReturnType<typeof setTimeout> | undefined

/** Told of every key by the app's one listener. */
export function noteKey(key: string): void {
  if (key.length > 1 && key !== 'Backspace' && key !== 'Enter') return
  typedAt = performance.now()
  if (isKeyDue || waiting.length === 0) return
  isKeyDue = true
  requestAnimationFrame(() => {
    isKeyDue = false
    // After the frame that shows the letter.
    setTimeout(() => {
      drawnAt = performance.now()
      workOff()
    })
  })
}

export function isTyping(): boolean {
  return performance.now() - typedAt < typingMs
}

/** Runs it where it delays no letter: right after the next key is drawn, or soon where none comes. */
export function betweenKeys(run: () => void): void {
  waiting.push(run)
  timer ??= setTimeout(begin, isTyping() ? longestMs : 0)
}

function begin(): void {
  drawnAt = performance.now()
  workOff()
}

/** One in a task, so that what it has drawn counts as its own. */
function workOff(): void {
  clearTimeout(timer)
  timer = undefined
  waiting.shift()?.()
  if (waiting.length === 0) return
  clearTimeout(timer)
  timer = setTimeout(() => (performance.now() - drawnAt < roomMs || !isTyping() ? workOff() : waitForKey()))
}

function waitForKey(): void {
  timer = setTimeout(begin, longestMs)
}
