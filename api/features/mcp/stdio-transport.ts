import { type JSONRPCMessage, ReadBuffer, serializeMessage, type Transport } from '@modelcontextprotocol/client'
import { openStdioProgram, type StdioProgram } from '#sandbox/server/stdio-program.ts'
import type { StdioTransport } from '#shared/mcp/contract.ts'
import { filesInside, folderInside } from '#shared/mcp/inside.ts'
import { layOut, requireFolder } from './program-files.ts'

const maxMessageBytes = 10_000_000
const keptWords = 2_000
const limits = { memoryBytes: 512 * 1024 * 1024, processCount: 128 }

/** A server as a program in the sandbox, spoken to by lines of JSON. It is never started anywhere else. */
export class ConfinedTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: <T extends JSONRPCMessage>(message: T) => void

  /** The end of what it wrote to its standard error. */
  lastWords = ''
  hasEnded = false
  readonly #given: StdioTransport
  readonly #env: Readonly<Record<string, string>>
  #program: StdioProgram | undefined

  constructor(given: StdioTransport, env: Readonly<Record<string, string>>) {
    this.#given = given
    this.#env = env
  }

  async start(): Promise<void> {
    const { command, args, folder, files } = this.#given
    const laid = layOut(files)
    const readOnly = [
      { outside: laid.folder, inside: filesInside },
      ...(folder === null ? [] : [{ outside: requireFolder(folder), inside: folderInside(folder) }]),
    ]
    try {
      this.#program = openStdioProgram({ command: [command, ...args], readOnly, env: this.#env, limits })
    } catch (error) {
      laid.remove()
      throw error
    }
    this.#listen(this.#program)
    void this.#program.closed.then(({ code, limitsMet }) => {
      laid.remove()
      this.hasEnded = true
      if (limitsMet.length > 0) this.#fail(`It met its limit of ${limitsMet.join(' and ')}.`)
      else if (code !== null && code !== 0) this.#fail(`It ended with code ${code}.`)
      this.onclose?.()
    })
  }

  #listen({ stdin, stdout, stderr, end }: StdioProgram): void {
    const buffer = new ReadBuffer({ maxBufferSize: maxMessageBytes })
    stdin.on('error', (error) => this.onerror?.(error))
    stderr.on('data', (bytes: Buffer) => this.#keep(bytes.toString('utf8')))
    stdout.on('data', (bytes: Buffer) => {
      try {
        buffer.append(bytes)
        for (let message = buffer.readMessage(); message; message = buffer.readMessage()) this.onmessage?.(message)
      } catch (error) {
        // What is no message, or longer than any may be: it cannot be known what follows.
        this.#keep('It wrote something that is no message of the protocol.')
        this.onerror?.(error instanceof Error ? error : new Error(String(error)))
        end()
      }
    })
  }

  #fail(why: string): void {
    this.#keep(why)
    this.onerror?.(new Error(why))
  }

  #keep(text: string): void {
    this.lastWords = `${this.lastWords}\n${text}`.trim().slice(-keptWords)
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const program = this.#program
    if (!program) throw new Error('the program has not been started')
    if (!program.stdin.write(serializeMessage(message))) {
      await Promise.race([new Promise((drained) => program.stdin.once('drain', drained)), program.closed])
    }
  }

  async close(): Promise<void> {
    this.#program?.end()
    await this.#program?.closed
  }
}
