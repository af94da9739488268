import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export type Ran = { status: number | null; out: string; error: string }
export type CommandLine = {
  /** A folder of its own; the installation's data lie in `data` within it. */
  dir: string
  run(args: readonly string[], given?: { input?: string; env?: Record<string, string> }): Promise<Ran>
  close(): void
}

/** The program as a person calls it, on this database. */
export function openCommandLine(databaseUrl: string): CommandLine {
  const dir = mkdtempSync(join(tmpdir(), 'delegraph-cli-'))
  return {
    dir,
    async run(args, { input = '', env = {} } = {}) {
      const called = [join(import.meta.dirname, 'main.ts'), ...args, '--data-dir', join(dir, 'data')]
      const child = spawn(process.execPath, called, { env: { ...process.env, DATABASE_URL: databaseUrl, ...env } })
      child.stdin.end(input)
      const [out, error] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
      return { status: child.exitCode, out, error }
    },
    close: () => rmSync(dir, { recursive: true }),
  }
}
