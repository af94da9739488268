/** The few parts of the package that tests use; it brings no types of its own. */
declare module 'smtp-server' {
  import type { Server } from 'node:net'
  import type { Readable } from 'node:stream'

  type Options = {
    authOptional: boolean
    disabledCommands: string[]
    onData(stream: Readable, session: unknown, done: (error?: unknown) => void): void
  }

  export class SMTPServer {
    constructor(options: Options)
    server: Server
    listen(port: number, host: string, listening: () => void): void
    close(closed: () => void): void
  }
}
