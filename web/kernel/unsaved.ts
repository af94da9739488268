import { useEffect, useId } from 'react'

const unsaved = new Map<string, string>()

/** While `what` is given ("The new secret"), leaving the panel it stands in asks first. */
export function useUnsaved(what: string | undefined): void {
  const id = useId()
  useEffect(() => {
    if (what === undefined) return
    unsaved.set(id, what)
    return () => void unsaved.delete(id)
  }, [id, what])
}

/** What would be lost by leaving now. */
export function unsavedNow(): readonly string[] {
  return [...unsaved.values()]
}
