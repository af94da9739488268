import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

type Ask = { url: string; headers: Record<string, string> }
export type Load =
  | { kind: 'alternate'; asks: Ask[]; samples: number }
  | { kind: 'parallel'; asks: Ask[]; clients: number; forMs: number; restMs: number }

/** Milliseconds of each address's requests, and how often which status came. */
export type LoadResult = { ms: number[][]; statuses: Record<string, number> }

/** Runs clients in a process of their own, to their end. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const path = join(import.meta.dirname, 'load.process.ts')
  const child = spawn(process.execPath, [path, JSON.stringify(load)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const said = await text(child.stdout)
  const [code] = await closed
  if (code !== 0) throw new Error(`The clients ended with ${code}.`)
  const result: LoadResult = JSON.parse(said)
  return result
}
