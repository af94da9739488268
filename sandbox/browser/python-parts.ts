import type { PythonPart, SnapshotLayout } from './inside/protocol.ts'

export type PythonLoad = { readonly kind: 'loaded' } | { readonly kind: 'unavailable'; readonly reason: string }

/** What Python in a worker is made of, from our own server; each part is given on as soon as it is there. */
export async function loadPythonParts(address: string, give: (part: PythonPart) => void): Promise<PythonLoad> {
  const get = async (name: string) => {
    const response = await fetch(`${address}/${name}`)
    if (!response.ok) throw new Error(`${name} answered ${response.status}`)
    return response
  }
  const text = async (name: string) => (await get(name)).text()
  const bytes = async (name: string) => await (await get(name)).blob()
  const code = async () => {
    const lock = get('pyodide-lock.json').then((response): Promise<{ info: unknown }> => response.json())
    const parts = [text('pyodide.mjs'), text('pyodide.asm.mjs'), lock, bytes('python_stdlib.zip'), layout] as const
    const [glue, core, { info }, library, laidOut] = await Promise.all(parts)
    give({ name: 'code', glue, core, info, library, layout: laidOut })
  }
  // Where no memory was prepared there is none of the two.
  const layout = get('snapshot.json').then(
    (response): Promise<SnapshotLayout> => response.json(),
    () => null,
  )
  // The engine alone at first: it is compiled while the memory is on its way.
  const wasm = bytes('pyodide.asm.wasm')
  const engine = async () => give({ name: 'engine', wasm: await wasm })
  const memory = async () => {
    await wasm
    if (await layout) give({ name: 'memory', snapshot: await bytes('snapshot.bin') })
  }
  try {
    await Promise.all([code(), engine(), memory()])
    return { kind: 'loaded' }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { kind: 'unavailable', reason: `Python could not be loaded (${detail}). Reload the page and try again.` }
  }
}
