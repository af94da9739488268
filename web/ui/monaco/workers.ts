import EditorWorker from './editor.worker.ts?worker'
import JsonWorker from './json.worker.ts?worker'

/** Monaco's workers come from our own origin as files: the page's policy allows neither blob: nor data:. */
export function serveOwnWorkers(): void {
  self.MonacoEnvironment = {
    getWorker: (_module, label) => quietWhenAway(label === 'json' ? new JsonWorker() : new EditorWorker()),
  }
}

/** A worker that could not be fetched tells a bare event, which Monaco would throw at the page; the app says itself that it is offline. */
function quietWhenAway(worker: Worker): Worker {
  worker.addEventListener('error', (event: Event) => {
    if (!(event instanceof ErrorEvent)) event.stopImmediatePropagation()
  })
  return worker
}
