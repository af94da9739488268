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

/** Clients in processes of their own, which begin together when all are there; gives what each of them met. */
export async function runLoads(loads: readonly Load[]): Promise<LoadResult[]> {
  const path = join(import.meta.dirname, 'load.process.ts')
  const clients = loads.map((load) => {
    const child = spawn(process.execPath, [path, JSON.stringify(load)], { stdio: ['pipe', 'pipe', 'inherit'] })
    return { child, ready: once(child.stdout, 'data'), closed: once(child, 'close') }
  })
  await Promise.all(clients.map(({ ready }) => ready))
  return await Promise.all(
    clients.map(async ({ child, closed }) => {
      const said = text(child.stdout)
      child.stdin.write('go\n')
      const [code] = await closed
      if (code !== 0) throw new Error(`The clients ended with ${code}.`)
      const result: LoadResult = JSON.parse(await said)
      return result
    }),
  )
}

export async function runLoad(load: Load): Promise<LoadResult> {
  const [result] = await runLoads([load])
  if (!result) throw new Error('The clients said nothing.')
  return result
}
