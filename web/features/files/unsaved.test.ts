import { expect, it } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { forgetUnsaved, isUnsaved, markUnsaved, showFile, unsavedTexts } from './unsaved.ts'

function newPlace() {
  return WorkspaceId.parse(crypto.randomUUID())
}

it('takes the mark off a file that is not looked at when somebody saves what was typed', () => {
  const scout = newPlace()
  const leave = showFile(scout, 'prompt.md')
  markUnsaved(scout, 'prompt.md', () => 'Look around.')
  markUnsaved(scout, 'notes.md', () => 'Ebb at noon.')
  leave()
  expect(isUnsaved(scout, 'prompt.md')).toBe(true)
  forgetUnsaved(scout, 'prompt.md')
  expect(isUnsaved(scout, 'prompt.md')).toBe(false)
  expect(unsavedTexts(scout)).toEqual({ 'notes.md': 'Ebb at noon.' })
})

it('leaves the mark of a file on the screen to its text, which knows what was typed since', () => {
  const scout = newPlace()
  const leaves = [showFile(scout, 'prompt.md'), showFile(scout, 'prompt.md')]
  markUnsaved(scout, 'prompt.md', () => 'Look around.')
  leaves[0]?.()
  forgetUnsaved(scout, 'prompt.md')
  expect(isUnsaved(scout, 'prompt.md')).toBe(true)
  leaves[1]?.()
})
