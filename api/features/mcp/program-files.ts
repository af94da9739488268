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

/** Of every file of the folder that the command or an argument names: what is in it, as a hash. */
export function digestFiles({ folder, command, args }: StdioTransport): Record<string, string> {
  if (folder === null) return {}
  const at = folderInside(folder)
  const named = [command, ...args].filter((word) => word.startsWith(`${at}/`))
  return Object.fromEntries(named.map((word) => [word, digestOf(join(folder, word.slice(at.length)))]))
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
