import { expect, onTestFinished, test, vi } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { firstStarter } from '#shared/runs/starters/starters.ts'
import { hearPerson } from '#web/kernel/person.ts'
import { snippet } from './program.ts'
import { chooseLanguage, editCode, readSnippet, replaceSnippet } from './snippet-store.ts'

const uuid = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`
const [here, there] = [OrgId.parse(uuid(1)), OrgId.parse(uuid(2))]
const [third, fourth] = [OrgId.parse(uuid(3)), OrgId.parse(uuid(4))]

/** The storage of a browser in which somebody is signed in. */
function openBrowser(): void {
  const entries = new Map<string, string>()
  const localStorage = {
    getItem: (name: string) => entries.get(name) ?? null,
    setItem: (name: string, value: string) => void entries.set(name, value),
    removeItem: (name: string) => void entries.delete(name),
  }
  vi.stubGlobal('window', { localStorage })
  onTestFinished(() => void vi.unstubAllGlobals())
  hearPerson('ada')
}

test('a program and its files stay in the org they were opened in', () => {
  const before = readSnippet(there)
  replaceSnippet(here, { ...snippet('python', 'print(1)'), path: 'a.py', files: { 'a.py': 'print(1)' } })
  editCode(here, 'print(2)')
  expect(readSnippet(here)).toMatchObject({ code: 'print(2)', path: 'a.py' })
  expect(readSnippet(there)).toBe(before)
  expect(before.files).toEqual({})
})

test('own code of a language that is not in sight comes back by Undo, and so does what was in sight', () => {
  openBrowser()
  chooseLanguage(third, 'python')
  editCode(third, 'print("mine")')
  chooseLanguage(third, 'typescript')
  const undo = replaceSnippet(third, { ...snippet('python', 'print(1)'), path: 'a.py', files: { 'a.py': 'print(1)' } })
  expect(readSnippet(third)).toMatchObject({ language: 'python', code: 'print(1)' })
  undo?.()
  expect(readSnippet(third)).toMatchObject({ language: 'typescript', code: firstStarter('typescript'), path: null })
  chooseLanguage(third, 'python')
  expect(readSnippet(third).code).toBe('print("mine")')
})

test('a way back is offered for own work alone', () => {
  openBrowser()
  chooseLanguage(fourth, 'typescript')
  expect(replaceSnippet(fourth, snippet('python', 'print(1)'))).toBeUndefined()
  expect(replaceSnippet(fourth, snippet('python', 'print(1)'))).toBeUndefined()
  editCode(fourth, 'print("mine")')
  expect(replaceSnippet(fourth, snippet('javascript', '1'))).toBeTypeOf('function')
})
