import wasmUrl from 'esbuild-wasm/esbuild.wasm?url'
import { type BuildFailure, build, initialize, type Message } from 'esbuild-wasm/esm/browser.js'
import type { CompileAnswer, CompileProblem, CompileRequest, World } from './compile-protocol.ts'
import { virtualFiles, virtualName } from './virtual-files.ts'

// `worker: false`: this is already a worker, and esbuild's own would come from a blob, which the app's policy refuses.
const ready = initialize({ wasmURL: wasmUrl, worker: false })
ready.catch(() => undefined)

addEventListener('message', async (event: MessageEvent<CompileRequest>) => {
  postMessage(await answer(event.data))
})

async function answer({ id, world, entry, files }: CompileRequest): Promise<CompileAnswer> {
  try {
    await ready
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { id, kind: 'unavailable', reason: `The TypeScript compiler could not start: ${why}` }
  }
  try {
    return { id, kind: 'compiled', ...(await bundle(world, entry, files)) }
  } catch (error) {
    if (isBuildFailure(error)) return { id, kind: 'failed', problems: error.errors.map(problem) }
    return { id, kind: 'unavailable', reason: `The TypeScript compiler broke off: ${String(error)}` }
  }
}

async function bundle(world: World, entry: string, files: ReadonlyMap<string, string>) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outfile: '/main.js',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    charset: 'utf8',
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'silent',
    // A tsconfig among the user's files decides nothing here: every run is compiled the same way.
    tsconfigRaw: { compilerOptions: { target: 'es2024', useDefineForClassFields: true } },
    ...(world === 'node' && { platform: 'node', banner: { js: requireLikeNode } }),
    plugins: [virtualFiles(files, world)],
  })
  const code = outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? ''
  const map: unknown = JSON.parse(outputFiles.find((file) => file.path.endsWith('.map'))?.text ?? '{}')
  const { sources, mappings } = readMap(map)
  return { code, sources: sources.map(virtualName), mappings }
}

/** Packages of the older kind call it; a module of today has none. */
const requireLikeNode = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`

function readMap(map: unknown): { sources: string[]; mappings: string } {
  if (typeof map !== 'object' || map === null || !('sources' in map) || !('mappings' in map)) {
    throw new Error('esbuild gave no source map')
  }
  return { sources: Array.isArray(map.sources) ? map.sources.map(String) : [], mappings: String(map.mappings) }
}

/** esbuild counts columns from 0 and in UTF-8 bytes; editors count from 1 and in characters. */
function problem({ text, location }: Message): CompileProblem {
  if (location === null) return { message: text, at: null }
  const before = new TextEncoder().encode(location.lineText).subarray(0, location.column)
  const column = new TextDecoder().decode(before).length + 1
  return { message: text, at: { file: virtualName(location.file), line: location.line, column } }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors)
}
