import { maxFileBytes } from '#shared/files/contract.ts'
import { maxFolderBytes } from '#shared/templates/limits.ts'

/** A file of the template, or why it cannot be had, in words that follow its name. */
export type Found = { path: string } | { refused: string }
export type FoundText = { text: string } | { refused: string }

/**
 * A template's folder, read and never left. Paths are relative to its root, with forward slashes.
 */
export type TemplateFolder = {
  /** Resolves what a file of `base` (a folder inside) refers to. */
  find(base: string, reference: string, kind: 'file' | 'folder'): Found
  read(path: string): FoundText
  /** Plain entries of a folder inside, sorted; hidden ones are left out. */
  list(path: string): { name: string; kind: 'file' | 'folder' }[]
  folderOf(path: string): string
}

/** Why no file of a template may refer to this, whatever lies there. */
export function refuseReference(reference: string): string | undefined {
  if (reference.trim() === '') return 'is empty'
  if (reference.includes('\0')) return 'contains a NUL character'
  if (/^(\/|[A-Za-z]:|\\)/.test(reference)) return 'is an absolute path; give one inside the template folder'
  return undefined
}

export const outside = 'leads out of the template folder'

export function notThere(kind: 'file' | 'folder'): string {
  return kind === 'file' ? 'there is no such file' : 'there is no such folder'
}

/** Why a text of so many bytes is not read, where so many may still be. */
export function refuseSize(bytes: number, left: number): string | undefined {
  if (bytes > maxFileBytes) return `is ${megabytes(bytes)}; a file may have ${megabytes(maxFileBytes)}`
  return bytes > left ? `is too much: a template may have ${megabytes(maxFolderBytes)} in all` : undefined
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MiB`
}
