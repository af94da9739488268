/** A chord in our own notation: modifiers in the order Mod, Alt, Shift, then the key, e.g. "Mod+Shift+P", "?", "Delete". */
export type Chord = string

export type KeyPress = {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

/** The chord a key press means. `Mod` is Cmd on a Mac and Ctrl elsewhere; other uses of those keys match nothing. */
export function chordOf(press: KeyPress, isMac: boolean): Chord | undefined {
  const mod = isMac ? press.metaKey : press.ctrlKey
  const foreign = isMac ? press.ctrlKey : press.metaKey
  if (foreign || isModifier(press.key)) return undefined
  const key = keyName(press, isMac)
  const shift = press.shiftKey && (key.length > 1 || /^[A-Z0-9]$/.test(key))
  return [mod && 'Mod', press.altKey && 'Alt', shift && 'Shift', key].filter(Boolean).join('+')
}

/** The key caps to draw: ["⇧", "⌘", "P"] on a Mac, ["Ctrl", "Shift", "P"] elsewhere. */
export function keyCaps(chord: Chord, isMac: boolean): string[] {
  const parts = chord === '+' ? ['+'] : chord.split(/\+(?!$)/)
  if (!isMac) return parts.map((part) => otherCaps[part] ?? part)
  const order = ['Alt', 'Shift', 'Mod']
  const modifiers = order.filter((modifier) => parts.includes(modifier))
  const rest = parts.filter((part) => !order.includes(part))
  return [...modifiers, ...rest].map((part) => macCaps[part] ?? part)
}

export function isMacPlatform(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform || navigator.userAgent)
}

/** The key that deletes what is chosen: a Mac has Backspace alone, and calls it delete. */
export function isDelete(key: string): boolean {
  return key === 'Delete' || (key === 'Backspace' && isMacPlatform())
}

/** The chord in the form `aria-keyshortcuts` wants. */
export function ariaKeys(chord: Chord, isMac: boolean): string {
  return chord.replace('Mod', isMac ? 'Meta' : 'Control')
}

const macCaps: Record<string, string> = {
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '⏎',
  Escape: 'Esc',
  Delete: '⌦',
  Backspace: '⌫',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

const otherCaps: Record<string, string> = {
  Mod: 'Ctrl',
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

function isModifier(key: string): boolean {
  return key === 'Control' || key === 'Meta' || key === 'Alt' || key === 'Shift'
}

/** Letters come from the physical key where the layout or Alt would give another script or sign; so do signs under Alt on a Mac. */
function keyName(press: KeyPress, isMac: boolean): string {
  if (press.key === ' ') return 'Space'
  const isDead = press.key === 'Dead' && press.altKey && isMac
  if (press.key.length > 1 && !isDead) return press.key
  if (/^[a-z]$/i.test(press.key)) return press.key.toUpperCase()
  const isForeign = isDead || !/^[\x20-\x7e]$/.test(press.key)
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1]
  if (letter && (press.altKey || isForeign)) return letter
  // What another layout has under Alt, as a backslash, is what was meant.
  if (!isMac || !press.altKey || !isForeign) return press.key
  return signs[press.code]?.[press.shiftKey ? 1 : 0] ?? press.key
}

/** The signs that our chords with Alt have, by their key, each with the one under Shift; the test of all commands asks for more. */
const signs: Record<string, string> = { Backslash: '\\|' }
