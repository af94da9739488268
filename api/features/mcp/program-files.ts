import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { AppError } from '#shared/kernel/app-error.ts'
import type { StdioTransport } from '#shared/mcp/contract.ts'
import { folderInside } from '#shared/mcp/inside.ts'

const maxDigested = 20_000_000

/** Folders of this machine that may be shown to programs: DELEGRAPH_MCP_FOLDERS of the operator, separated by colons. */
export function programFolders(env: Readonly<Record<string, string | undefined>> = process.env): string[] {
  return (env.DELEGRAPH_MCP_FOLDERS ?? '').split(':').flatMap((path) => (path.startsWith('/') ? [normalize(path)] : []))
}

/** The folder as it lies on this machine, links followed; refused where the operator lists none that holds it. */
export function requireFolder(folder: string): string {
  const listed = programFolders()
  const real = realOf(folder)
  const holds = (path: string) => real === path || real?.startsWith(`${path}/`) === true
  if (real !== undefined && listed.some((path) => holds(realOf(path) ?? path))) return real
  throw new AppError('forbidden', `${folder} is not among the folders whose programs may be run.`, {
    field: 'transport.folder',
    fix:
      listed.length === 0
        ? 'The operator of this server lists them in DELEGRAPH_MCP_FOLDERS.'
        : `Choose one in ${listed.join(', ')}, or ask the operator to list it in DELEGRAPH_MCP_FOLDERS.`,
  })
}

/** Of every file of the folder that the command or an argument names, also as `--import=…`: what is in it, as a hash. */
export function digestFiles(transport: StdioTransport): Record<string, string> {
  const { folder } = transport
  const real = folder === null ? undefined : realOf(folder)
  return Object.fromEntries(
    named(transport).map(({ word, path }) => {
      const there = realOf(path)
      // What lies outside is not read: its hash would tell of files that nobody listed.
      return [word, there === undefined ? 'missing' : isWithin(there, real) ? digestOf(there) : 'outside the folder']
    }),
  )
}

/** Refuses a command or argument that names what is in the folder by a way out of it, be it by `..` or by a link. */
export function requireWithin(transport: StdioTransport): void {
  const real = transport.folder === null ? undefined : realOf(transport.folder)
  for (const { word, path, field } of named(transport)) {
    const there = realOf(path)
    if (isWithin(path, transport.folder ?? undefined) && (there === undefined || isWithin(there, real))) continue
    throw new AppError('bad-input', `${word} leads out of the folder.`, {
      field,
      fix: 'Name a file in the folder, or choose the folder that holds it.',
    })
  }
}

type Named = { word: string; path: string; field: string }

/** Where on this machine the words lie that name something in the folder, as far as they can be told. */
function named({ folder, command, args }: StdioTransport): Named[] {
  if (folder === null) return []
  const at = `${folderInside(folder)}/`
  const words = [
    { said: command, field: 'transport.command' },
    ...args.map((said) => ({ said, field: 'transport.args' })),
  ]
  return words.flatMap(({ said, field }) => {
    const word = said.startsWith(at) ? said : said.slice(said.indexOf('=') + 1)
    return word.startsWith(at) ? [{ word, path: join(folder, word.slice(at.length)), field }] : []
  })
}

function isWithin(path: string, folder: string | undefined): boolean {
  if (folder === undefined) return false
  const root = normalize(`${folder}/`)
  return path === root.slice(0, -1) || path.startsWith(root)
}

function digestOf(path: string): string {
  try {
    if (!statSync(path).isFile()) return 'no file'
    if (statSync(path).size > maxDigested) return `larger than ${maxDigested} bytes`
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return 'missing'
  }
}

/** The files of a server in a folder of their own, and the way to take it away again. */
export function layOut(files: StdioTransport['files']): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'delegraph-mcp-'))
  for (const [path, text] of Object.entries(files)) {
    const place = join(folder, path)
    mkdirSync(dirname(place), { recursive: true })
    writeFileSync(place, text, { mode: 0o644 })
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function realOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
