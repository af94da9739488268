import { AppError } from '#shared/kernel/app-error.ts'
import type { Program, Programs, TerminalSize } from '../../sandbox.ts'
import type { Folder } from './folder.ts'
import type { ContainerProcess, ContainerRuntime } from './runtime.ts'
import { createWhoseServers, type WhoseServers } from './whose-servers.ts'

const usualSize: TerminalSize = { cols: 80, rows: 24 }
/** A build writes many files in a moment; they are brought back once. */
const quietMs = 300

/** Programs in the session's folder: a shell, an install, a server. They end with the session. */
export function createPrograms(
  runtime: ContainerRuntime,
  root: string,
  folder: Folder,
): { readonly port: Programs; readonly servers: WhoseServers; close(): void } {
  const running = new Set<ContainerProcess>()
  const servers = createWhoseServers()
  const onFiles = new Set<() => void>()
  let isClosed = false
  let watcher: { close(): void } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const stops = [
    runtime.on('server-ready', (port, url) => servers.ready({ port, url })),
    runtime.on('port', (port, type) => {
      if (type === 'close') servers.closed(port)
    }),
  ]

  async function bringBack(): Promise<void> {
    timer = undefined
    if (isClosed || !(await folder.pull()).isChanged) return
    for (const listener of onFiles) listener()
  }
  const later = () => {
    clearTimeout(timer)
    timer = setTimeout(() => void bringBack().catch(() => undefined), quietMs)
  }

  return {
    port: {
      async start(command, args, size = usualSize) {
        const missing = await folder.settled()
        if (missing !== null) throw new AppError('unavailable', missing, { fix: 'Write the file anew or remove it.' })
        if (isClosed) throw new AppError('unavailable', 'This sandbox session has ended.', { fix: 'Start it again.' })
        watcher ??= runtime.fs.watch(root, { recursive: true }, later)
        const process = await runtime.spawn(command, [...args], { cwd: root, terminal: size })
        running.add(process)
        const ended = servers.programBegins()
        void process.exit.finally(() => {
          running.delete(process)
          ended()
          later()
        })
        return programOf(process)
      },
      onFiles(listener) {
        onFiles.add(listener)
        return () => void onFiles.delete(listener)
      },
      async catchUp() {
        clearTimeout(timer)
        await bringBack()
      },
      noRoom: folder.noRoom,
    },
    servers,
    close() {
      isClosed = true
      servers.close()
      clearTimeout(timer)
      watcher?.close()
      for (const stop of stops) stop()
      for (const process of running) process.kill()
    },
  }
}

function programOf(process: ContainerProcess): Program {
  const listeners = new Set<(text: string) => void>()
  const input = process.input.getWriter()
  let unheard = ''
  void process.output
    .pipeTo(
      new WritableStream({
        write(text) {
          if (listeners.size === 0) unheard += text
          for (const listener of listeners) listener(text)
        },
      }),
    )
    .catch(() => undefined)
  return {
    exit: process.exit,
    end: () => process.kill(),
    resize: (size) => process.resize(size),
    write: (text) => void input.write(text).catch(() => undefined),
    onOutput(listener) {
      if (unheard !== '') listener(unheard)
      unheard = ''
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
