import { AppError } from '#shared/kernel/app-error.ts'
import { cleanPath, createFileStore, type FileStore } from '../../file-store.ts'
import { runnerFolder } from './runner-script.ts'
import type { ContainerFs } from './runtime.ts'

export type Folder = {
  readonly files: FileStore
  /** Waits for what was written here so far; answers what of it the container did not take, for people, or null. */
  settled(): Promise<string | null>
  /** Brings back what programs wrote, as far as there is room. */
  pull(): Promise<Pulled>
  /** What there was no room for when it was last brought back, and nothing newer was written here since. */
  noRoom(): readonly string[]
  /** Puts a file there that is none of the person's. */
  place(path: string, text: string): Promise<void>
  remove(): Promise<void>
}

/** Whether the files are others now, or those there was no room for, which stay here as they were before, if at all. */
export type Pulled = { readonly isChanged: boolean; readonly noRoom: readonly string[] }

/** Never brought back: what packages are made of can be had again, and is larger than all else. */
const left = new Set(['node_modules', runnerFolder, '.git', '.npm', '.cache'])

/** The session's files, here at once and in the container in the order in which they were written. */
export function createFolder(fs: ContainerFs, root: string, limitBytes: number): Folder {
  const store = createFileStore(limitBytes)
  let last: Promise<unknown> = fs.mkdir(root, { recursive: true })
  /** What the container refused, until it takes a newer version: a program must not start beside files that are not true. */
  const refused = new Map<string, string>()
  let noRoom: readonly string[] = []
  /** One after the other; after one that failed the next ones go on. */
  const queue = (act: () => Promise<unknown>): Promise<void> => {
    const done = last.catch(() => undefined).then(act)
    last = done
    return done.then(() => undefined)
  }
  const keep = (path: string, act: () => Promise<unknown>) => {
    const tried = async () => {
      try {
        await act()
        refused.delete(path)
      } catch (error) {
        refused.set(path, error instanceof Error ? error.message : String(error))
      }
    }
    void queue(tried)
  }
  const put = async (path: string, bytes: Uint8Array) => {
    const parent = `${root}/${path}`.split('/').slice(0, -1).join('/')
    await fs.mkdir(parent, { recursive: true })
    await fs.writeFile(`${root}/${path}`, bytes)
  }

  /** One that is not there any more is removed, whatever was in the way of removing it. */
  async function drop(path: string): Promise<void> {
    try {
      await fs.rm(path, { recursive: false, force: true })
    } catch (error) {
      const isGone = await fs.readFile(path).then(
        () => false,
        () => true,
      )
      if (!isGone) throw error
    }
  }

  /** Programs go on meanwhile: what cannot be read any more when its turn comes is not there. */
  async function walk(below: string): Promise<Map<string, Uint8Array>> {
    const found = new Map<string, Uint8Array>()
    for (const entry of await fs.readdir(`${root}/${below}`, { withFileTypes: true })) {
      if (left.has(entry.name)) continue
      const path = `${below}${entry.name}`
      if (entry.isDirectory()) {
        for (const [each, bytes] of await walk(`${path}/`).catch(() => nothing)) found.set(each, bytes)
      } else if (entry.isFile()) {
        const bytes = await fs.readFile(`${root}/${path}`).catch(() => undefined)
        if (bytes) found.set(path, bytes)
      }
    }
    return found
  }

  /** As far as there is room: the program wrote it, so the run is told, not the caller. */
  function take(found: ReadonlyMap<string, Uint8Array>): Pulled {
    let isChanged = false
    const tooMuch: string[] = []
    for (const path of store.list()) {
      if (found.has(path)) continue
      store.remove(path)
      isChanged = true
    }
    for (const [path, bytes] of found) {
      try {
        if (isSame(store.read(path), bytes)) continue
        store.write(path, bytes)
        isChanged = true
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        // A name that no file of a workspace may have is left where it is.
        if (error.code === 'too-large') tooMuch.push(path)
      }
    }
    if (tooMuch.sort().join('\0') !== noRoom.join('\0')) isChanged = true
    noRoom = tooMuch
    return { isChanged, noRoom }
  }

  return {
    files: {
      ...store,
      write(path, contents) {
        store.write(path, contents)
        const bytes = store.read(path)
        noRoom = noRoom.filter((each) => each !== cleanPath(path))
        if (bytes) keep(cleanPath(path), () => put(path, bytes))
      },
      remove(path) {
        store.remove(path)
        noRoom = noRoom.filter((each) => each !== cleanPath(path))
        keep(cleanPath(path), () => drop(`${root}/${path}`))
      },
    },
    async settled() {
      await queue(async () => undefined)
      const [first] = refused
      if (first === undefined) return null
      const [path, why] = first
      const others = refused.size === 1 ? '' : `, and ${refused.size - 1} more`
      return `The container did not take ${path} (${why})${others}. Nothing was run beside files that are not there.`
    },
    place: (path, text) => queue(() => put(path, new TextEncoder().encode(text))),
    async pull() {
      let pulled: Pulled = { isChanged: false, noRoom }
      await queue(async () => {
        pulled = take(await walk(''))
      })
      return pulled
    },
    noRoom: () => noRoom,
    remove: () => queue(() => fs.rm(root, { recursive: true, force: true })),
  }
}

const nothing: ReadonlyMap<string, Uint8Array> = new Map()

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && one.length === other.length && one.every((byte, at) => byte === other[at])
}
