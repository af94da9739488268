import type { Clockwork } from './output.ts'
import type { WorkerMessage } from './protocol.ts'

/** Tells the page what became of files, gathered, so that a program that writes much costs it few messages. Shipped as text. */
export function createFileNews(
  { now, soon }: Clockwork,
  send: (message: WorkerMessage) => void,
  files: ReadonlyMap<string, Uint8Array>,
  isOver: () => boolean,
): { changed(path: string): void; flush(): void } {
  const news = new Set<string>()
  let toldAt = -1000
  let isDue = false
  const flush = () => {
    isDue = false
    if (news.size === 0 || isOver()) return
    const written = new Map<string, Uint8Array>()
    const removed: string[] = []
    for (const path of news) {
      const bytes = files.get(path)
      if (bytes === undefined) removed.push(path)
      else written.set(path, bytes)
    }
    news.clear()
    toldAt = now()
    send({ type: 'files', written, removed })
  }
  return {
    flush,
    changed(path) {
      news.add(path)
      // A program that never waits is told of too, before it is ended.
      if (now() - toldAt > 100) return flush()
      if (!isDue) soon(flush)
      isDue = true
    },
  }
}
