import { useEffect, useSyncExternalStore } from 'react'
import { noteKey } from './between-keys.ts'
import { type Chord, chordOf, isMacPlatform } from './keys.ts'

/** Where on the page keys are heard: all over it, or only in the part marked `data-scope` with this name. */
export type CommandScope = 'page' | 'graph' | 'editor'

/** Something a person can do now, by key or from the palette. */
export type Command = {
  /** Stable and dotted, e.g. "graph.fit". */
  id: string
  title: string
  /** The heading it stands under in the palette and the overview of shortcuts. */
  group: string
  keys?: Chord | readonly Chord[]
  /** By default the page. Where a part and the page claim the same keys, the part hears them first. */
  scope?: CommandScope
  /** Whether it makes sense now; asked at the key press and when the palette opens. */
  when?: () => boolean
  run: () => void
  /** Most commands rest while a person types; one that is safe there says so. */
  allowWhileTyping?: boolean
  /** Runs again and again while its keys are held. */
  repeats?: boolean
  /** Known to the keyboard and the overview, but not offered in the palette. */
  isHidden?: boolean
}

export type CommandConflict = { chord: Chord; ids: readonly string[] }

const registered = new Map<string, Command>()
const listeners = new Set<() => void>()
let snapshot: readonly Command[] = []

/** Adds commands and returns the way to take them out again. A second command under one id replaces the first. */
export function registerCommands(commands: readonly Command[]): () => void {
  for (const command of commands) registered.set(command.id, command)
  changed()
  if (import.meta.env.DEV) reportConflicts()
  return () => {
    for (const command of commands) {
      if (registered.get(command.id) === command) registered.delete(command.id)
    }
    changed()
  }
}

/** Registers while the component is mounted. Keep the list's identity (useMemo), else it registers on each render. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => registerCommands(commands), [commands])
}

/** All registered commands, in order of registration. */
export function useRegisteredCommands(): readonly Command[] {
  return useSyncExternalStore(subscribe, registeredCommands)
}

export function registeredCommands(): readonly Command[] {
  return snapshot
}

export function chordsOf(command: Pick<Command, 'keys'>): readonly Chord[] {
  if (command.keys === undefined) return []
  return typeof command.keys === 'string' ? [command.keys] : command.keys
}

export function isAvailable(command: Command): boolean {
  return command.when?.() ?? true
}

export function scopeOf(command: Pick<Command, 'scope'>): CommandScope {
  return command.scope ?? 'page'
}

type Claim = Pick<Command, 'id' | 'keys' | 'scope' | 'when'>

/** Chords that two commands of one scope claim though neither limits itself by `when`. */
export function findConflicts(commands: readonly Claim[]): CommandConflict[] {
  const claims = new Map<string, { chord: Chord; ids: string[] }>()
  for (const command of commands) {
    if (command.when) continue
    for (const chord of chordsOf(command)) {
      const key = `${scopeOf(command)} ${chord}`
      claims.set(key, { chord, ids: [...(claims.get(key)?.ids ?? []), command.id] })
    }
  }
  return [...claims.values()].filter(({ ids }) => ids.length > 1)
}

/** The one key listener of the app; returns the way to stop it. It hears first, so the editor cannot swallow a command. */
export function startCommandKeys(): () => void {
  const isMac = isMacPlatform()
  const onKeyDown = (event: KeyboardEvent) => {
    noteKey(event.key)
    const chord = event.isComposing ? undefined : chordOf(event, isMac)
    const command = chord === undefined ? undefined : commandFor(chord, event.target)
    if (!command) return
    event.preventDefault()
    event.stopPropagation()
    if (!event.repeat || command.repeats) command.run()
  }
  window.addEventListener('keydown', onKeyDown, { capture: true })
  return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
}

/** The command a chord means at this place of the page: of the part before of the page, the latest registered first. */
export function commandFor(chord: Chord, target: EventTarget | null): Command | undefined {
  const element = target !== null && target instanceof Element ? target : undefined
  if (element?.closest('[role="dialog"], [role="alertdialog"]')) return undefined
  if (!chord.startsWith('Mod+') && element?.closest('[role="menu"], [role="listbox"]')) return undefined
  // A part that does something of its own with a key says so, e.g. F2 in a tree of files.
  if (element?.closest(`[data-own-keys~="${CSS.escape(chord)}"]`)) return undefined
  if (isPress(chord) && element?.closest('button, a[href], summary, [role="tab"], [role="button"]')) return undefined
  const typing = isTyping(element)
  const scope = scopeAt(element)
  const meant = snapshot.filter(
    (command) =>
      chordsOf(command).includes(chord) &&
      (scopeOf(command) === 'page' || scopeOf(command) === scope) &&
      (!typing || command.allowWhileTyping === true) &&
      isAvailable(command),
  )
  return meant.findLast((command) => scopeOf(command) !== 'page') ?? meant.at(-1)
}

/** Where nothing has the focus, the keys are the graph's: it is the room. */
function scopeAt(element: Element | undefined): string | undefined {
  if (!element || element === document.body) return 'graph'
  return element.closest<HTMLElement>('[data-scope]')?.dataset.scope
}

const notText = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color', 'file', 'image'])

function isTyping(element: Element | undefined): boolean {
  if (!element) return false
  if (element instanceof HTMLInputElement) return !notText.has(element.type)
  return element.closest('textarea, select, [contenteditable]:not([contenteditable="false"]), .monaco-editor') !== null
}

function isPress(chord: Chord): boolean {
  return chord === 'Enter' || chord === 'Space'
}

function changed(): void {
  snapshot = [...registered.values()]
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function reportConflicts(): void {
  for (const { chord, ids } of findConflicts(snapshot)) {
    reportError(new Error(`${chord} is claimed by ${ids.join(' and ')}: give one another key or a "when".`))
  }
}
