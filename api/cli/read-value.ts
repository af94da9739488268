import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { AppError } from '#shared/kernel/app-error.ts'

const maxBytes = 200_000

/** A value from standard input: all of what is piped in, or one line that is typed and not shown. */
export async function readValue(name: string): Promise<string> {
  return process.stdin.isTTY ? await ask(name) : await readAll()
}

async function readAll(): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of process.stdin) {
    const buffer = Buffer.from(part)
    bytes += buffer.byteLength
    if (bytes > maxBytes) throw new AppError('too-large', 'The value is longer than 64 KB.', { field: 'value' })
    parts.push(buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function ask(name: string): Promise<string> {
  process.stderr.write(`Value of ${name} (not shown): `)
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('SIGINT', () => reject(new AppError('bad-input', 'Nothing was set.')))
      lines.once('close', () => reject(new AppError('bad-input', 'Nothing was set.')))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
