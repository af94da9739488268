import type { Loader, Plugin } from 'esbuild-wasm'
import type { World } from './compile-protocol.ts'
import { shimKey, shimNamed } from './inside/node/names.ts'

const namespace = 'sandbox'
const shimNamespace = 'sandbox-node'
const extensions = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.json', '/index.ts', '/index.js']
const loaders: Readonly<Record<string, Loader>> = {
  ts: 'ts',
  mts: 'ts',
  tsx: 'tsx',
  jsx: 'jsx',
  json: 'json',
  txt: 'text',
  md: 'text',
}
const nodeModules = new Set(
  'assert buffer child_process cluster crypto dns events fs http http2 https net os path process stream timers tls url util v8 vm worker_threads zlib'.split(
    ' ',
  ),
)

/** Lets esbuild see exactly the files of one session and nothing else. */
export function virtualFiles(files: ReadonlyMap<string, string>, world: World): Plugin {
  return {
    name: 'virtual-files',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === 'entry-point') return { path, namespace }
        if (!/^\.{0,2}\//.test(path)) {
          if (world === 'node') return { path, external: true }
          const shim = shimNamed(path)
          return shim ? { path: shim, namespace: shimNamespace } : { errors: [{ text: refusal(path) }] }
        }
        const found = find(files, resolvePath(importer, path))
        if (found === undefined) return { errors: [{ text: `There is no file ${path} beside ${importer}` }] }
        return { path: found, namespace }
      })
      build.onLoad({ filter: /.*/, namespace: shimNamespace }, ({ path }) => {
        const found = `globalThis[Symbol.for(${JSON.stringify(shimKey)})](${JSON.stringify(path)})`
        return { contents: `module.exports = ${found}`, loader: 'js' }
      })
      build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
        const contents = files.get(path)
        if (contents === undefined) return { errors: [{ text: `There is no file ${path}` }] }
        return { contents, loader: loaders[path.split('.').at(-1) ?? ''] ?? 'js' }
      })
    },
  }
}

/** The user's name of a file as esbuild reports it. */
export function virtualName(reported: string): string {
  return reported.startsWith(`${namespace}:`) ? reported.slice(namespace.length + 1) : reported
}

function refusal(path: string): string {
  const [root = path] = path.replace(/^node:/, '').split('/')
  if (path.startsWith('node:') || nodeModules.has(root)) {
    return `${path} is not available in this sandbox: it is a browser worker, not Node. WebContainers and run_code on the server have it`
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return `${path} is not available in this sandbox: it has no network`
  return `The package ${path} is not available in this sandbox: import your own files by a path that starts with ./. WebContainers have npm`
}

function resolvePath(importer: string, path: string): string {
  const parts = path.startsWith('/') ? [] : importer.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function find(files: ReadonlyMap<string, string>, base: string): string | undefined {
  const asTypeScript = base.replace(/\.(m?)js$/, '.$1ts')
  return [...extensions.map((extension) => base + extension), asTypeScript].find((path) => files.has(path))
}
