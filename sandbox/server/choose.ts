import type { Sandbox } from '../sandbox.ts'
import { type Bubblewrap, createBubblewrap } from './bubblewrap.ts'

export type ServerChoice =
  | { readonly state: 'chosen'; readonly sandbox: Sandbox; readonly why: string }
  | { readonly state: 'none'; readonly reason: string }

let chosen: Bubblewrap | undefined

/**
 * Where agents' programs run on this machine; asked anew each time, for what is missing may be installed meanwhile. Without a
 * place that keeps them away from everything there is none: nothing ever runs with weaker walls.
 */
export async function chooseServerSandbox(): Promise<ServerChoice> {
  chosen ??= createBubblewrap()
  const probe = await chosen.probe()
  if (probe.state === 'unavailable') return { state: 'none', reason: probe.reason }
  process.once('exit', closeServerSandbox)
  return {
    state: 'chosen',
    sandbox: chosen,
    why: 'Bubblewrap is there, and this machine can limit memory and processes.',
  }
}

/** Ends what waits for programs. */
export function closeServerSandbox(): void {
  process.off('exit', closeServerSandbox)
  chosen?.close()
  chosen = undefined
}
