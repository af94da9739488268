import { expect, test } from 'vitest'
import { ariaKeys, chordOf, keyCaps } from './keys.ts'

const press = { key: 'k', code: 'KeyK', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

test('Mod is Cmd on a Mac and Ctrl elsewhere', () => {
  expect(chordOf({ ...press, metaKey: true }, true)).toBe('Mod+K')
  expect(chordOf({ ...press, ctrlKey: true }, false)).toBe('Mod+K')
})

test('the other one of the two matches nothing', () => {
  expect(chordOf({ ...press, ctrlKey: true }, true)).toBeUndefined()
  expect(chordOf({ ...press, metaKey: true }, false)).toBeUndefined()
})

test('a sign is itself, whatever keys it takes to type it', () => {
  expect(chordOf({ ...press, key: '?', code: 'Slash', shiftKey: true }, false)).toBe('?')
  expect(chordOf({ ...press, key: '\\', code: 'Backslash', ctrlKey: true }, false)).toBe('Mod+\\')
})

test('Shift counts for letters and named keys', () => {
  expect(chordOf({ ...press, key: 'J', code: 'KeyJ', ctrlKey: true, shiftKey: true }, false)).toBe('Mod+Shift+J')
  expect(chordOf({ ...press, key: 'Delete', code: 'Delete', shiftKey: true }, false)).toBe('Shift+Delete')
})

test('letters are found on layouts of other scripts', () => {
  expect(chordOf({ ...press, key: 'л', ctrlKey: true }, false)).toBe('Mod+K')
})

test.each([
  ['«', 'Backslash', false, 'Alt+\\'],
  ['»', 'Backslash', true, 'Alt+|'],
  ['∑', 'KeyW', false, 'Alt+W'],
  ['Dead', 'KeyE', false, 'Alt+E'],
])('Alt on a Mac gives %s for the key %s, shifted: %s; it is heard as %s', (key, code, shiftKey, chord) => {
  expect(chordOf({ ...press, key, code, shiftKey, altKey: true }, true)).toBe(chord)
})

test('a sign that a layout has only under Alt is itself', () => {
  expect(chordOf({ ...press, key: '\\', code: 'Digit7', altKey: true, shiftKey: true }, true)).toBe('Alt+\\')
  expect(chordOf({ ...press, key: '|', code: 'Digit7', altKey: true }, true)).toBe('Alt+|')
})

test('without Alt, or away from a Mac, a sign is never taken from the physical key', () => {
  expect(chordOf({ ...press, key: '«', code: 'Backslash' }, true)).toBe('«')
  expect(chordOf({ ...press, key: '«', code: 'Backslash', altKey: true }, false)).toBe('Alt+«')
})

test('a modifier alone is no chord', () => {
  expect(chordOf({ ...press, key: 'Control', ctrlKey: true }, false)).toBeUndefined()
})

test('key caps follow the platform', () => {
  expect(keyCaps('Mod+Shift+P', true)).toEqual(['⇧', '⌘', 'P'])
  expect(keyCaps('Mod+Shift+P', false)).toEqual(['Ctrl', 'Shift', 'P'])
  expect(keyCaps('Mod++', false)).toEqual(['Ctrl', '+'])
  expect(ariaKeys('Mod+K', false)).toBe('Control+K')
})
