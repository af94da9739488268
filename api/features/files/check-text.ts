import { maxFileBytes } from '#shared/files/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'

/** Gives the size in bytes; refuses what cannot be kept as text, or not without changing it. */
export function checkText(path: string, text: string): number {
  const bytes = Buffer.byteLength(text)
  if (bytes > maxFileBytes) {
    throw new AppError('too-large', `${path} has ${inMiB(bytes)} MiB; a file may hold at most 1 MiB.`, {
      field: 'text',
      fix: 'Split it, or keep large artefacts elsewhere.',
    })
  }
  if (text.includes('\0')) throw new AppError('bad-input', `${path} contains a NUL character.`, { field: 'text' })
  if (text.isWellFormed()) return bytes
  throw new AppError('bad-input', `${path} is not valid Unicode: it contains half of a surrogate pair.`, {
    field: 'text',
  })
}

function inMiB(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1)
}
