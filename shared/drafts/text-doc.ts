import * as Y from 'yjs'

/** The one shared type of a document. */
const textName = 'text'
/** Writes the text a document begins with; nobody types under it. */
const seeder = 0

/**
 * The document of a text as it was saved, the same to the byte wherever it is made: what two people type over the same
 * version joins, though neither had heard of the other. Line ends are LF, as the editor has them.
 */
export function seedDoc(savedText: string): Y.Doc {
  const seed = new Y.Doc()
  seed.clientID = seeder
  textOf(seed).insert(0, withPlainEnds(savedText))
  // Nothing that was deleted is forgotten here, so that it can be undone.
  const doc = new Y.Doc({ gc: false })
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed))
  seed.destroy()
  return doc
}

export function textOf(doc: Y.Doc): Y.Text {
  return doc.getText(textName)
}

/** The document with all updates taken in, and nothing kept of what was deleted. */
export function compacted(savedText: string, updates: readonly Uint8Array[]): { text: string; state: Uint8Array } {
  const full = seedDoc(savedText)
  for (const update of updates) Y.applyUpdate(full, update)
  const small = new Y.Doc({ gc: true })
  Y.applyUpdate(small, Y.encodeStateAsUpdate(full))
  const result = { text: textOf(small).toString(), state: Y.encodeStateAsUpdate(small) }
  full.destroy()
  small.destroy()
  return result
}

/** The updates in one that brings somebody on who has what the vector says, from nothing where there is none. */
export function updateSince(updates: readonly Uint8Array[], vector: Uint8Array | undefined): Uint8Array {
  const all = Y.mergeUpdates([...updates])
  return vector ? Y.diffUpdate(all, vector) : all
}

/** Changes as little as it takes, so that what others type meanwhile stays where it belongs. */
export function replaceText(text: Y.Text, next: string, origin: unknown): void {
  const before = text.toString()
  const edit = smallestEdit(before, withPlainEnds(next))
  if (!edit) return
  text.doc?.transact(() => {
    if (edit.end > edit.start) text.delete(edit.start, edit.end - edit.start)
    if (edit.text !== '') text.insert(edit.start, edit.text)
  }, origin)
}

/** An update that only types into and deletes from the text; anything else would reach the others unread. */
export function isTextUpdate(update: Uint8Array): boolean {
  try {
    return Y.decodeUpdate(update).structs.every(isTextStruct)
  } catch {
    return false
  }
}

function isTextStruct(struct: Y.Item | Y.AbstractStruct): boolean {
  if (!(struct instanceof Y.Item)) return struct instanceof Y.GC || struct instanceof Y.Skip
  const { content, parent, parentSub } = struct
  if (!(content instanceof Y.ContentString) && !(content instanceof Y.ContentDeleted)) return false
  return parentSub === null && (parent === null || String(parent) === textName)
}

export function withPlainEnds(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** Never through the middle of a character of two halves: each half alone would be lost. */
function smallestEdit(before: string, after: string): { start: number; end: number; text: string } | undefined {
  if (before === after) return undefined
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  if (isHigh(before.charCodeAt(start - 1))) start -= 1
  let tail = 0
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
