import type { Server } from '../sandbox.ts'

export type Servers = {
  add(server: Server): void
  remove(port: number): void
  clear(): void
  hear(listener: (servers: readonly Server[]) => void): () => void
}

/** What a session serves now, the newest first, and who hears of it. */
export function createServers(): Servers {
  const listeners = new Set<(servers: readonly Server[]) => void>()
  let now: readonly Server[] = []
  const become = (next: readonly Server[]) => {
    if (next.length === 0 && now.length === 0) return
    now = next
    for (const listener of listeners) listener(now)
  }
  const without = (port: number) => now.filter((each) => each.port !== port)
  return {
    add: (server) => become([server, ...without(server.port)]),
    remove: (port) => become(without(port)),
    clear: () => become([]),
    hear(listener) {
      listeners.add(listener)
      listener(now)
      return () => void listeners.delete(listener)
    },
  }
}
