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
  const blob = async (name: string) => await (await get(name)).blob()
  const code = async () => {
    const [glue, core] = await Promise.all([text('pyodide.mjs'), text('pyodide.asm.mjs')])
    give({ name: 'code', glue, core })
  }
  const lock = get('pyodide-lock.json').then((response): Promise<{ info: unknown }> => response.json())
  // Asked for at once and waited for last: by then the others may have failed.
  lock.catch(() => undefined)
  // Where no memory was prepared there is none of the two.
  const layout = get('snapshot.json').then(
    (response): Promise<SnapshotLayout> => response.json(),
    () => null,
  )
  const library = async () => {
    const [{ info }, laidOut, bytes] = await Promise.all([lock, layout, blob('python_stdlib.zip')])
    give({ name: 'library', info, layout: laidOut, library: bytes })
  }
  const engine = async () => give({ name: 'engine', wasm: await blob('pyodide.asm.wasm') })
  const memory = async () => {
    const laidOut = await layout
    if (!laidOut) return
    const snapshot = await blob('snapshot.bin')
    const bytes = laidOut.runs.reduce((sum, [, length]) => sum + length, 0)
    if (snapshot.size !== bytes) throw new Error('snapshot.bin does not fit snapshot.json')
    give({ name: 'memory', snapshot })
  }
  try {
    // One after another: the code is read while the engine is on its way, and that compiled while the memory is.
    await code()
    await engine()
    await Promise.all([library(), memory(), lock])
    return { kind: 'loaded' }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { kind: 'unavailable', reason: `Python could not be loaded (${detail}). Reload the page and try again.` }
  }
}
