import { useEffect } from 'react'

/** In place of what was opened and is still on its way: it can be given up like what is there. */
export function EscapeCloses({ onClose }: { onClose: () => void }) {
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && onClose()
    window.addEventListener('keydown', close)
    return () => window.removeEventListener('keydown', close)
  }, [onClose])
  return null
}
