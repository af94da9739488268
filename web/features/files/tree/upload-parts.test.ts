import { expect, test } from 'vitest'
import { maxAddedFiles } from '#shared/files/contract.ts'
import { uploadParts } from './upload-parts.ts'

const sizes = (files: readonly { path: string; text: string }[]) => uploadParts(files).map((part) => part.length)
const file = (chars: number) => ({ path: 'a.md', text: 'x'.repeat(chars) })

test('files go together as far as one request takes them, in their order', () => {
  expect(uploadParts([])).toEqual([])
  expect(sizes([file(1), file(2), file(3)])).toEqual([3])
  expect(sizes([file(1_000_000), file(900_000), file(1), file(1_000_000)])).toEqual([2, 2])
  expect(sizes(Array.from({ length: maxAddedFiles + 1 }, () => file(1)))).toEqual([maxAddedFiles, 1])
})
