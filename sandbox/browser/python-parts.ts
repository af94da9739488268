import type { PythonParts } from './inside/protocol.ts'

export type PythonLoad =
  | { readonly kind: 'loaded'; readonly parts: PythonParts }
  | { readonly kind: 'unavailable'; readonly reason: string }

/** What Python in a worker is made of, from our own server. */
export async function loadPythonParts(address: string): Promise<PythonLoad> {
  const get = async (name: string) => {
    const response = await fetch(`${address}/${name}`)
    if (!response.ok) throw new Error(`${name} answered ${response.status}`)
    return response
  }
  const bytes = async (name: string) => await (await get(name)).arrayBuffer()
  try {
    const [glue, core, wasm, library, lock, snapshot] = await Promise.all([
      get('pyodide.mjs').then((response) => response.text()),
      get('pyodide.asm.mjs').then((response) => response.text()),
      bytes('pyodide.asm.wasm'),
      bytes('python_stdlib.zip'),
      get('pyodide-lock.json').then((response): Promise<{ info: unknown }> => response.json()),
      bytes('snapshot.bin').catch(() => null),
    ])
    return { kind: 'loaded', parts: { glue, core, wasm, library, info: lock.info, snapshot } }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { kind: 'unavailable', reason: `Python could not be loaded (${detail}). Reload the page and try again.` }
  }
}
