import { useMemo, useSyncExternalStore } from 'react'
import { asBoolean, readStored, writeStored } from '../../../kernel/storage.ts'
import { languageOf } from '../language-of.ts'
import { tidyBeside } from './tidy-beside.ts'

const key = 'editor.tidy-on-save'
const listeners = new Set<() => void>()
let isOn: boolean | undefined

/** Whether this person has texts put in order when they are saved, in this browser; off until they say so. */
export function useTidiesOnSave(): boolean {
  return useSyncExternalStore(subscribe, tidiesOnSave)
}

export function setTidiesOnSave(next: boolean): void {
  isOn = next
  writeStored(key, next)
  for (const listener of listeners) listener()
}

/** What puts a text of this path in order; undefined where the person wants none of it. */
export function useTidy(path: string): ((text: string) => Promise<string>) | undefined {
  const isWanted = useTidiesOnSave()
  return useMemo(() => {
    if (!isWanted) return undefined
    return (text: string) => tidyBeside(text, languageOf(path))
  }, [isWanted, path])
}

function tidiesOnSave(): boolean {
  isOn ??= readStored(key, asBoolean, false)
  return isOn
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
