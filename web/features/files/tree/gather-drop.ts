/** A dropped file with its path below the folder it came in; without a file where the browser cannot get at it. */
export type Dropped = { path: string; file: Pick<File, 'size' | 'arrayBuffer'> | undefined }

/** More is a mistake: a workspace holds a thousand files. */
const most = 200

/** Everything that was dropped, folders with what is in them. Call it in the drop handler: the browser forgets it after. */
export async function gatherDrop(items: DataTransfer): Promise<Dropped[]> {
  const entries = [...items.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  const files = [...items.files]
  if (entries.length === 0) return files.map((file) => ({ path: file.name, file }))
  const found: Dropped[] = []
  for (const entry of entries) await walk(entry, '', found)
  return found
}

async function walk(entry: FileSystemEntry, above: string, found: Dropped[]): Promise<void> {
  if (found.length >= most || entry.name.startsWith('.')) return
  const path = `${above}${entry.name}`
  if (isFile(entry)) {
    found.push({ path, file: await new Promise((resolve) => entry.file(resolve, () => resolve(undefined))) })
    return
  }
  if (!isFolder(entry)) return
  const reader = entry.createReader()
  for (;;) {
    // The browser hands out a hundred at a time, and then none.
    const some = await new Promise<FileSystemEntry[] | undefined>((resolve) =>
      reader.readEntries(resolve, () => resolve(undefined)),
    )
    if (!some) found.push({ path, file: undefined })
    if (!some?.length) return
    for (const inner of some) await walk(inner, `${path}/`, found)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
