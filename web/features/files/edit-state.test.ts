import { describe, expect, it } from 'vitest'
import { type EditState, edit, isDirty, nothingOpen } from './edit-state.ts'

const saved = (version: number, text: string) => ({ version, text })
const theirs = { version: 2, text: 'theirs', savedBy: 'Ada', savedAt: '2026-01-01T00:00:00.000Z' }
const open = (version: number, text: string): EditState =>
  edit(nothingOpen, { type: 'loaded', saved: saved(version, text), draft: undefined })

describe('an open file', () => {
  it('follows what others save while it is clean', () => {
    const state = edit(open(1, 'one'), { type: 'heard', saved: saved(2, 'two') })
    expect(state).toEqual({ isOpen: true, base: saved(2, 'two'), text: 'two', theirs: null })
  })

  it('never replaces text that a person typed', () => {
    const typed = edit(open(1, 'one'), { type: 'typed', text: 'mine' })
    expect(edit(typed, { type: 'heard', saved: saved(2, 'two') })).toBe(typed)
  })

  it('hears nothing from a version it already has', () => {
    const state = open(3, 'three')
    expect(edit(state, { type: 'heard', saved: saved(2, 'two') })).toBe(state)
  })

  it('brings back a draft, and keeps the version the draft began from', () => {
    const draft = { text: 'mine', baseVersion: 1 }
    const state = edit(nothingOpen, { type: 'loaded', saved: saved(2, 'two'), draft })
    expect(state.text).toBe('mine')
    expect(state.base.version).toBe(1)
    expect(isDirty(state)).toBe(true)
  })

  it('keeps both texts at a conflict until the person chooses', () => {
    const typed = edit(open(1, 'one'), { type: 'typed', text: 'mine' })
    const conflict = { theirs, base: saved(1, 'one') }
    const conflicted = edit(typed, { type: 'conflicted', conflict })
    expect(conflicted).toMatchObject({ text: 'mine', theirs })
    expect(edit(conflicted, { type: 'took-theirs' })).toMatchObject({ base: theirs, text: 'theirs', theirs: null })
    expect(edit(conflicted, { type: 'kept-mine' })).toMatchObject({ base: theirs, text: 'mine', theirs: null })
  })

  it('is clean after saving, and dirty again for what was typed during the save', () => {
    const typed = edit(open(1, 'one'), { type: 'typed', text: 'mine' })
    expect(isDirty(edit(typed, { type: 'saved', saved: saved(2, 'mine') }))).toBe(false)
    const more = edit(typed, { type: 'typed', text: 'mine, and more' })
    expect(isDirty(edit(more, { type: 'saved', saved: saved(2, 'mine') }))).toBe(true)
  })
})
