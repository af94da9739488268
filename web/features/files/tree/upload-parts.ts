import { maxAddedFiles } from '#shared/files/contract.ts'

type Text = { path: string; text: string }

/** A request holds 12 MiB, in which a character may take six bytes. */
const mostChars = 1_900_000

/** As many files together as one request takes. */
export function uploadParts(files: readonly Text[]): Text[][] {
  const parts: Text[][] = []
  let chars = 0
  for (const file of files) {
    const part = parts.at(-1)
    chars += file.text.length
    if (part && part.length < maxAddedFiles && chars <= mostChars) {
      part.push(file)
      continue
    }
    parts.push([file])
    chars = file.text.length
  }
  return parts
}
