/** One line of the tree as it is shown; folders are there because files are in them. */
export type TreeRow =
  | { kind: 'folder'; path: string; name: string; depth: number; isOpen: boolean; count: number }
  | { kind: 'file'; path: string; name: string; depth: number }

/** The lines to draw: what is in a closed folder is not among them. Folders first, both by name. */
export function treeRows(paths: readonly string[], openFolders: ReadonlySet<string>): TreeRow[] {
  return rowsIn('', paths, openFolders, 0)
}

function rowsIn(folder: string, paths: readonly string[], open: ReadonlySet<string>, depth: number): TreeRow[] {
  const folders = new Map<string, string[]>()
  const files: string[] = []
  for (const path of paths) {
    const [head = '', ...rest] = path.slice(folder.length).split('/')
    if (rest.length === 0) files.push(path)
    else folders.set(head, [...(folders.get(head) ?? []), path])
  }
  const inFolders = [...folders.keys()].toSorted(byName).flatMap((name): TreeRow[] => {
    const path = `${folder}${name}`
    const inside = folders.get(name) ?? []
    const isOpen = open.has(path)
    const row: TreeRow = { kind: 'folder', path, name, depth, isOpen, count: inside.length }
    return isOpen ? [row, ...rowsIn(`${path}/`, inside, open, depth + 1)] : [row]
  })
  const here = files
    .toSorted(byName)
    .map((path): TreeRow => ({ kind: 'file', path, name: path.slice(folder.length), depth }))
  return [...inFolders, ...here]
}

function byName(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true, sensitivity: 'base' })
}

/** The folders around a path, outermost first: `a/b/c.md` → `a`, `a/b`. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/').slice(0, -1)
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
}

export type TreeMove = { focus?: string; open?: string; close?: string }

/** What an arrow key does in a tree, as WAI-ARIA describes it. */
export function moveInTree(rows: readonly TreeRow[], at: string, key: string): TreeMove | undefined {
  const index = rows.findIndex(({ path }) => path === at)
  const row = rows[index]
  const focus = (target: TreeRow | undefined) => target && { focus: target.path }
  switch (key) {
    case 'ArrowDown':
      return focus(rows[index + 1])
    case 'ArrowUp':
      return focus(rows[index - 1])
    case 'Home':
      return focus(rows[0])
    case 'End':
      return focus(rows.at(-1))
    case 'ArrowRight':
      if (row?.kind !== 'folder') return undefined
      return row.isOpen ? focus(rows[index + 1]) : { open: row.path }
    case 'ArrowLeft':
      if (row?.kind === 'folder' && row.isOpen) return { close: row.path }
      return focus(rows.slice(0, Math.max(0, index)).findLast(({ depth }) => depth < (row?.depth ?? 0)))
    default:
      return undefined
  }
}
