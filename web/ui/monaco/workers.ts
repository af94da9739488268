import EditorWorker from './editor.worker.ts?worker'
import JsonWorker from './json.worker.ts?worker'

/** Monaco's workers come from our own origin as files: the page's policy allows neither blob: nor data:. */
export function serveOwnWorkers(): void {
  self.MonacoEnvironment = {
    getWorker: (_module, label) => (label === 'json' ? new JsonWorker() : new EditorWorker()),
  }
}
