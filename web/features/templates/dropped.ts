/** Files a person handed over, each with its path below what they chose. Nothing of them was read yet. */
export type Dropped = { name: string; files: readonly { path: string; file: File }[] }

/** More are not even listed: whoever drops a whole disk is told so at once. */
const mostListed = 20_000

/** What lies in a drop: folders are walked, what no template has (version control, packages) is passed by. */
export async function filesOfDrop(items: DataTransferItemList): Promise<Dropped | undefined> {
  // The list is emptied as soon as the event is over, so every entry is asked for first.
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const bare = [...items].flatMap((item) => item.getAsFile() ?? [])
  const [only] = entries
  const [name] = bare.map((file) => file.name)
  // A file that is no entry of a disk, e.g. one dragged out of another program.
  if (!only) return name === undefined ? undefined : { name, files: bare.map((file) => ({ path: file.name, file })) }
  const files: { path: string; file: File }[] = []
  for (const entry of entries) await walk(entry, '', files)
  return { name: entries.length === 1 ? only.name : `${entries.length} files`, files }
}

export function filesOfInput(chosen: FileList): Dropped | undefined {
  const files = [...chosen].flatMap((file) => {
    const path = file.webkitRelativePath || file.name
    return isPassedBy(path) ? [] : [{ path, file }]
  })
  const name = files[0]?.path.split('/')[0]
  return name === undefined ? undefined : { name, files }
}

async function walk(entry: FileSystemEntry, above: string, files: { path: string; file: File }[]): Promise<void> {
  const path = `${above}${entry.name}`
  if (isPassedBy(path) || files.length >= mostListed) return
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    files.push({ path, file })
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const inner of some) await walk(inner, `${path}/`, files)
  }
}

/** Hidden ones but .env, and packages. */
export function isPassedBy(path: string): boolean {
  return path
    .split('/')
    .some((name) => (name.startsWith('.') && name !== '.env') || name === 'node_modules' || name === '__MACOSX')
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
