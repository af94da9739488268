import { useCallback, useSyncExternalStore } from 'react'
import { dropOwn, readOwn, writeOwn } from '../../kernel/own-words.ts'
import { asText } from '../../kernel/storage.ts'

/** Words that were typed and not sent, by whom they are for: they outlive a change of view and a reload. */
export function createUnsentWords<Id extends string>(place: string) {
  // Where the browser keeps nothing they last as long as the page.
  const typed = new Map<Id, string>()
  const listeners = new Set<() => void>()
  const name = (id: Id) => `${place}.${id}`
  const read = (id: Id) => typed.get(id) ?? readOwn(name(id), asText, '')

  function keep(id: Id, text: string): void {
    if (text === '') {
      typed.delete(id)
      dropOwn(name(id))
    } else {
      typed.set(id, text)
      writeOwn(name(id), text)
    }
    for (const listener of listeners) listener()
  }

  /** Forgets what was sent, and nothing that was typed since. */
  function forgetSent(id: Id, sent: string): void {
    if (read(id).trim() === sent.trim()) keep(id, '')
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  function useWords(id: Id): string {
    return useSyncExternalStore(
      subscribe,
      useCallback(() => read(id), [id]),
    )
  }

  return { read, keep, forgetSent, subscribe, useWords }
}
