import type { Session } from '../../sandbox.ts'
import { createServers } from '../servers.ts'

export type WhoseServers = {
  readonly hear: NonNullable<Session['onServers']>
  /** The container says that something answers at a port, but not whose it is. */
  ready(server: { readonly port: number; readonly url: string }): void
  /** The container says that nothing answers there any more. */
  closed(port: number): void
  /** A program begins beside the runs; returns what to call when it has ended. */
  programBegins(): () => void
  /** A run begins; `onServing` is called when a server of its own answers. */
  runBegins(onServing: () => void): RunServers
  close(): void
}

export type RunServers = {
  /** The run's own process says that it listens there. */
  listens(port: number): void
  /** The run has ended, and its servers with it. */
  end(): void
}

/**
 * What serves in a container, and whose it is. A server is the run's when its process said so, or when no program is there
 * that could have begun it; between the two it counts as a program's: it neither lifts the run's limit nor ends with it.
 */
export function createWhoseServers(): WhoseServers {
  const servers = createServers()
  /** Those of programs, as far as is known. */
  const others = new Set<number>()
  let programs = 0
  let run: Run | undefined

  const claim = ({ own, unsaid, onServing }: Run, port: number, url: string) => {
    own.add(port)
    unsaid.delete(port)
    others.delete(port)
    servers.add({ port, url, isOfRun: true })
    onServing()
  }
  const remove = (port: number) => {
    others.delete(port)
    servers.remove(port)
  }

  return {
    hear: servers.hear,
    ready({ port, url }) {
      const isOwn = run !== undefined && (run.said.has(port) || programs === 0)
      if (!isOwn && programs === 0) return
      if (run && isOwn) return claim(run, port, url)
      servers.add({ port, url, isOfRun: false })
      run?.unsaid.set(port, url)
      others.add(port)
    },
    closed(port) {
      run?.own.delete(port)
      run?.unsaid.delete(port)
      remove(port)
    },
    programBegins() {
      programs += 1
      return () => {
        programs -= 1
        // Of which program a server was is not told; when none is left, none serves.
        if (programs > 0) return
        for (const port of others) {
          run?.unsaid.delete(port)
          remove(port)
        }
      }
    },
    runBegins(onServing) {
      const begun: Run = { onServing, said: new Set(), own: new Set(), unsaid: new Map() }
      run = begun
      return {
        listens(port) {
          if (run !== begun || begun.said.has(port)) return
          begun.said.add(port)
          const url = begun.unsaid.get(port)
          if (url !== undefined) claim(begun, port, url)
        },
        end() {
          if (run === begun) run = undefined
          for (const port of begun.own) servers.remove(port)
        },
      }
    },
    close: () => servers.clear(),
  }
}

type Run = {
  readonly onServing: () => void
  /** Ports its process said it listens at. */
  readonly said: Set<number>
  /** Ports that answer and are its own. */
  readonly own: Set<number>
  /** Where what answers since it began can be seen, by its port, as long as its process has not said so. */
  readonly unsaid: Map<number, string>
}
