import { fetchCodeEditor } from '../ui/code-editor.tsx'

/** The editor itself is fetched beside its pane, not after it. */
export function loadEditorPane() {
  void fetchCodeEditor(() => Promise.resolve()).catch(() => undefined)
  return import('../features/files/editor-pane.tsx').then((part) => ({ default: part.EditorPane }))
}

/**
 * Fetches what the first press on a card shows, one part after the other in the pauses of a page that has drawn its first
 * picture. What fails is fetched again where it is shown. Returns the end of it.
 */
export function fetchAhead(): () => void {
  const life = new AbortController()
  const parts = [
    () => import('../features/files/editor-pane.tsx'),
    () => fetchCodeEditor(() => pause(life.signal)),
    () => import('./inspector/inspector.tsx'),
  ]
  const fetchAll = async () => {
    for (const part of parts) {
      await pause(life.signal)
      await part()
    }
  }
  // Who pays for each byte fetches none that may not be needed.
  if (!window.matchMedia('(prefers-reduced-data: reduce)').matches) void fetchAll().catch(() => undefined)
  return () => life.abort()
}

/** Until the page has nothing else to do; for ever once that is over. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((go) => {
    const on = () => signal.aborted || go()
    if ('requestIdleCallback' in window) requestIdleCallback(on, { timeout: 1_000 })
    else setTimeout(on, 200)
  })
}
