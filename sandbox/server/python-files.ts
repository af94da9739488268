import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'

/** Where the browser finds the parts of its Python, and what each of them is on this machine. */
export const pythonPath = '/python'

export type PythonFile = { readonly path: string; readonly type: string }

const types: Readonly<Record<string, string>> = {
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.zip': 'application/zip',
}

const ofPackage = new Set([
  'pyodide.mjs',
  'pyodide-lock.json',
  'pyodide.asm.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
])
const ofSetUp = new Set(['snapshot.bin', 'snapshot.json'])

/** By the name in the address; undefined for what is none of its parts or, the snapshot, was not made. */
export function pythonFile(name: string): PythonFile | undefined {
  const folder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'))
  const type = types[extname(name)] ?? 'application/octet-stream'
  if (ofPackage.has(name)) return { path: join(folder, name), type }
  const path = join(folder, '..', '.cache', 'delegraph', `python-${name}`)
  return ofSetUp.has(name) && existsSync(path) ? { path, type } : undefined
}
