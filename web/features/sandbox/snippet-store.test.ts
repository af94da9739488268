import { expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { snippet } from './program.ts'
import { editCode, readSnippet, replaceSnippet } from './snippet-store.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [here, there] = [OrgId.parse(uuid(1)), OrgId.parse(uuid(2))]

test('a program and its files stay in the org they were opened in', () => {
  const before = readSnippet(there)
  replaceSnippet(here, { ...snippet('python', 'print(1)'), path: 'a.py', files: { 'a.py': 'print(1)' } })
  editCode(here, 'print(2)')
  expect(readSnippet(here)).toMatchObject({ code: 'print(2)', path: 'a.py' })
  expect(readSnippet(there)).toBe(before)
  expect(before.files).toEqual({})
})
