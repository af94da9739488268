import type { BufferClass } from './buffer.ts'
import type { Paths } from './paths.ts'

type Given = {
  /** By path below the run's folder. */
  readonly files: Map<string, Uint8Array>
  readonly root: string
  /** What the program reads, and how many bytes all files may have together. */
  readonly given: { readonly stdin: string; readonly fileBytes: number }
  readonly paths: Paths
  readonly buffers: BufferClass
  /** Told of each file that became another or went. */
  readonly changed: (path: string) => void
}

type Options =
  | string
  | null
  | undefined
  | { encoding?: string | null; recursive?: boolean; force?: boolean; flag?: string; withFileTypes?: boolean }

/** Node's `fs` over the run's own files, in memory: what its ordinary functions do, and their errors. Shipped as text. */
export function createFileSystem({ files, root, given, paths, buffers, changed }: Given) {
  const folders = new Set<string>([''])
  const times = new Map<string, number>()
  const started = Date.now()
  let isRead = false

  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EEXIST: 'file already exists',
    EISDIR: 'illegal operation on a directory',
    ENOTDIR: 'not a directory',
    ENOTEMPTY: 'directory not empty',
    EACCES: 'permission denied',
    ENOSPC: 'no space left on device',
  }
  function failure(code: string, call: string, path: unknown, more = ''): Error {
    const error = new Error(`${code}: ${words[code]}${more}, ${call} '${path}'`)
    return Object.assign(error, { code, syscall: call, path })
  }
  function parentOf(key: string): string {
    return key.includes('/') ? key.slice(0, key.lastIndexOf('/')) : ''
  }
  function addParents(key: string): void {
    for (let at = parentOf(key); at !== ''; at = parentOf(at)) folders.add(at)
  }
  /** The path below the run's folder; outside of it nothing can be read or written. */
  function keyOf(asked: unknown, call: string): string {
    // The files come when the program begins, after this was made.
    if (!isRead) for (const path of files.keys()) addParents(path)
    isRead = true
    const text =
      asked instanceof URL ? decodeURIComponent(asked.pathname) : typeof asked === 'string' ? asked : undefined
    const path = text ?? (asked instanceof Uint8Array ? buffers.decode(asked) : undefined)
    if (path === undefined)
      throw new TypeError(`The "path" argument must be of type string, Buffer or URL. Received ${typeof asked}`)
    const whole = paths.resolve(path)
    if (whole === root) return ''
    if (whole.startsWith(`${root}/`)) return whole.slice(root.length + 1)
    const isReading = ['open', 'stat', 'scandir', 'access', 'lstat'].includes(call)
    throw isReading ? failure('ENOENT', call, path) : failure('EACCES', call, path, ` (only ${root} can be written)`)
  }
  const encodingOf = (options: Options) => (typeof options === 'string' ? options : options?.encoding)
  const flag = (options: Options, name: 'recursive' | 'force' | 'withFileTypes') =>
    typeof options === 'object' && options !== null && options[name] === true

  function readFileSync(path: unknown, options?: Options): unknown {
    const encoding = encodingOf(options)
    const bytes = path === 0 || path === '/dev/stdin' ? buffers.encode(given.stdin) : existing(path)
    return encoding ? buffers.decode(bytes, encoding) : buffers.from(bytes)
  }
  function existing(path: unknown): Uint8Array {
    const key = keyOf(path, 'open')
    const bytes = files.get(key)
    if (bytes !== undefined) return bytes
    throw failure(folders.has(key) ? 'EISDIR' : 'ENOENT', folders.has(key) ? 'read' : 'open', path)
  }
  function put(key: string, bytes: Uint8Array, path: unknown): void {
    if (folders.has(key)) throw failure('EISDIR', 'open', path)
    const parent = parentOf(key)
    if (!folders.has(parent)) throw failure(files.has(parent) ? 'ENOTDIR' : 'ENOENT', 'open', path)
    let total = bytes.length - (files.get(key)?.length ?? 0)
    for (const { length } of files.values()) total += length
    if (total > given.fileBytes)
      throw failure('ENOSPC', 'write', path, ` (the sandbox takes ${given.fileBytes} bytes of files)`)
    files.set(key, bytes)
    times.set(key, Date.now())
    changed(key)
  }
  function bytesOf(data: unknown, options: Options): Uint8Array {
    if (typeof data === 'string') return buffers.encode(data, encodingOf(options) ?? undefined)
    if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
    throw new TypeError(
      `The "data" argument must be of type string or a Buffer. Received ${data === null ? 'null' : typeof data}`,
    )
  }
  function writeFileSync(path: unknown, data: unknown, options?: Options): void {
    const how = typeof options === 'object' && options !== null ? options.flag : undefined
    if (how === 'a') {
      appendFileSync(path, data, options)
      return
    }
    const key = keyOf(path, 'write')
    if (how === 'wx' && files.has(key)) throw failure('EEXIST', 'open', path)
    put(key, bytesOf(data, options), path)
  }
  function appendFileSync(path: unknown, data: unknown, options?: Options): void {
    const key = keyOf(path, 'write')
    const [before, more] = [files.get(key) ?? new Uint8Array(), bytesOf(data, options)]
    const whole = new Uint8Array(before.length + more.length)
    whole.set(before)
    whole.set(more, before.length)
    put(key, whole, path)
  }
  function existsSync(path: unknown): boolean {
    try {
      const key = keyOf(path, 'stat')
      return files.has(key) || folders.has(key)
    } catch {
      return false
    }
  }
  function statSync(path: unknown, options?: { throwIfNoEntry?: boolean }) {
    const key = keyOf(path, 'stat')
    const isFile = files.has(key)
    if (!isFile && !folders.has(key)) {
      if (options?.throwIfNoEntry === false) return undefined
      throw failure('ENOENT', 'stat', path)
    }
    const mtimeMs = times.get(key) ?? started
    const mtime = new Date(mtimeMs)
    const kind = { isFile: () => isFile, isDirectory: () => !isFile, isSymbolicLink: () => false }
    return {
      ...kind,
      size: files.get(key)?.length ?? 0,
      mtimeMs,
      mtime,
      birthtime: mtime,
      ctime: mtime,
      atime: mtime,
      mode: isFile ? 0o100644 : 0o40755,
    }
  }
  function readdirSync(path: unknown, options?: Options): unknown[] {
    const key = keyOf(path, 'scandir')
    if (!folders.has(key)) throw failure(files.has(key) ? 'ENOTDIR' : 'ENOENT', 'scandir', path)
    const head = key === '' ? '' : `${key}/`
    const isDeep = flag(options, 'recursive')
    const below = [...files.keys(), ...folders].filter((each) => each !== '' && each.startsWith(head) && each !== key)
    const names = below.map((each) => each.slice(head.length)).filter((each) => isDeep || !each.includes('/'))
    return names.sort().map((name) => {
      if (!flag(options, 'withFileTypes')) return name
      const isFile = files.has(head + name)
      const parentPath = paths.join(String(path), paths.dirname(name))
      return {
        name: paths.basename(name),
        parentPath,
        isFile: () => isFile,
        isDirectory: () => !isFile,
        isSymbolicLink: () => false,
      }
    })
  }
  function mkdirSync(path: unknown, options?: Options): string | undefined {
    const key = keyOf(path, 'mkdir')
    const isDeep = flag(options, 'recursive')
    if (files.has(key) || (folders.has(key) && !isDeep)) throw failure('EEXIST', 'mkdir', path)
    for (let at = parentOf(key); at !== ''; at = parentOf(at))
      if (files.has(at)) throw failure('ENOTDIR', 'mkdir', path)
    if (!isDeep && !folders.has(parentOf(key))) throw failure('ENOENT', 'mkdir', path)
    const first = folders.has(key) ? undefined : paths.resolve(String(path))
    addParents(key)
    folders.add(key)
    return isDeep ? first : undefined
  }
  function drop(key: string): void {
    if (files.delete(key)) changed(key)
  }
  function unlinkSync(path: unknown): void {
    const key = keyOf(path, 'unlink')
    if (!files.has(key)) throw failure(folders.has(key) ? 'EISDIR' : 'ENOENT', 'unlink', path)
    drop(key)
  }
  function rmdirSync(path: unknown): void {
    const key = keyOf(path, 'rmdir')
    if (!folders.has(key)) throw failure(files.has(key) ? 'ENOTDIR' : 'ENOENT', 'rmdir', path)
    if (readdirSync(path).length > 0) throw failure('ENOTEMPTY', 'rmdir', path)
    folders.delete(key)
  }
  function rmSync(path: unknown, options?: Options): void {
    const key = keyOf(path, 'rm')
    if (files.has(key)) {
      drop(key)
      return
    }
    if (!folders.has(key)) {
      if (flag(options, 'force')) return
      throw failure('ENOENT', 'rm', path)
    }
    if (!flag(options, 'recursive')) throw failure('EISDIR', 'rm', path)
    for (const each of [...files.keys()]) if (each.startsWith(`${key}/`) || key === '') drop(each)
    for (const each of [...folders])
      if (each !== '' && (each === key || each.startsWith(`${key}/`) || key === '')) folders.delete(each)
  }
  function copyFileSync(from: unknown, to: unknown): void {
    put(keyOf(to, 'copyfile'), existing(from), to)
  }
  function renameSync(from: unknown, to: unknown): void {
    const [key, next] = [keyOf(from, 'rename'), keyOf(to, 'rename')]
    const bytes = files.get(key)
    if (bytes !== undefined) {
      put(next, bytes, to)
      if (key !== next) drop(key)
      return
    }
    if (!folders.has(key)) throw failure('ENOENT', 'rename', from)
    if (folders.has(next) && readdirSync(to).length > 0) throw failure('ENOTEMPTY', 'rename', from)
    const inside = (each: string) => each === key || each.startsWith(`${key}/`)
    const moved = (each: string) => next + each.slice(key.length)
    addParents(next)
    for (const each of [...folders].filter(inside)) {
      folders.delete(each)
      folders.add(moved(each))
    }
    for (const [each, contents] of [...files].filter(([each]) => inside(each))) {
      drop(each)
      put(moved(each), contents, to)
    }
  }
  function accessSync(path: unknown): void {
    if (!existsSync(path)) throw failure('ENOENT', 'access', path)
  }
  function mkdtempSync(prefix: string): string {
    const path = prefix + Math.random().toString(36).slice(2, 8).padEnd(6, '0')
    mkdirSync(path)
    return path
  }
  function realpathSync(path: unknown): string {
    accessSync(path)
    return paths.resolve(String(path))
  }

  type Call = (...args: never[]) => unknown
  const calls: Readonly<Record<string, Call>> = {
    ...{ access: accessSync, appendFile: appendFileSync, copyFile: copyFileSync, lstat: statSync, mkdir: mkdirSync },
    ...{
      mkdtemp: mkdtempSync,
      readFile: readFileSync,
      readdir: readdirSync,
      realpath: realpathSync,
      rename: renameSync,
    },
    ...{ rm: rmSync, rmdir: rmdirSync, stat: statSync, unlink: unlinkSync, writeFile: writeFileSync },
  }
  const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 }
  const promises: Record<string, unknown> = { constants }
  const fs: Record<string, unknown> = { constants, promises, existsSync }
  for (const [name, call] of Object.entries(calls)) {
    fs[`${name}Sync`] = call
    promises[name] = async (...args: unknown[]) => Reflect.apply(call, undefined, args)
    fs[name] = (...args: unknown[]) => {
      const done = args.pop()
      if (typeof done !== 'function') throw new TypeError('The "cb" argument must be of type function.')
      const answer = async () => Reflect.apply(call, undefined, args)
      answer().then(
        (value) => setTimeout(done, 0, null, value),
        (error) => setTimeout(done, 0, error),
      )
    }
  }
  fs.exists = undefined
  return { fs, promises }
}
