import { expect, it } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { forgetUnsaved, isUnsaved, keepUnsavedOf, markUnsaved, moveUnsaved, showFile, unsavedTexts } from './unsaved.ts'

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

it('takes what was typed along to the new path of its file, and leaves nothing at the old one', () => {
  const scout = newPlace()
  markUnsaved(scout, 'notes.md', () => 'Ebb at noon.')
  moveUnsaved(scout, 'notes.md', 'tides.md')
  moveUnsaved(scout, 'never-typed.md', 'plan.md')
  expect(unsavedTexts(scout)).toEqual({ 'tides.md': 'Ebb at noon.' })
})

it('forgets what was typed in a file that is gone, as soon as it is open no more', () => {
  const scout = newPlace()
  for (const path of ['gone.md', 'open.md', 'notes.md']) markUnsaved(scout, path, () => path)
  keepUnsavedOf(scout, ['notes.md', 'open.md'])
  expect(Object.keys(unsavedTexts(scout))).toEqual(['open.md', 'notes.md'])
})
