import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { classes } from './classes.ts'
import { listenForNotices, type Notice } from './toast.ts'

export type ToasterProps = {
  theme: 'light' | 'dark'
  /** At the foot where there is room beside what people write in; under the top bar where one panel has all the room. */
  place?: 'foot' | 'head'
}

/** At the foot it keeps clear of `--room-end`, the width of the panel at the right, as far as the window lets it. */
const footRight = 'max(12px, min(calc(var(--room-end, 0px) + 12px), calc(100vw - 420px)))'

/** Once in the app; load it lazily, notices wait for it. */
export function Toaster({ theme, place = 'foot' }: ToasterProps) {
  useEffect(() => listenForNotices(show), [])
  return (
    <Sonner
      theme={theme}
      position={place === 'foot' ? 'bottom-right' : 'top-center'}
      offset={{ bottom: 36, right: footRight, top: 52 }}
      mobileOffset={{ bottom: 64, top: 52 }}
      gap={8}
      style={{ fontFamily: 'inherit' }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: classes(
            'pointer-events-auto flex w-full items-center gap-3 rounded-8 bg-surface px-3 py-2.5 text-fg shadow-float',
          ),
          content: 'min-w-0 flex-1',
          title: 'text-13 font-medium text-pretty',
          description: 'text-12 text-fg-2 text-pretty',
          icon: 'shrink-0',
          actionButton:
            'h-6 shrink-0 rounded-6 border border-line-2 px-2 text-12 font-medium text-fg hover:bg-surface-3',
          success: '[&_[data-icon]]:text-state-completed',
          error: '[&_[data-icon]]:text-state-failed',
        },
      }}
    />
  )
}

function show({ title, detail, tone = 'plain', action, id }: Notice): void {
  const options = {
    id,
    description: detail,
    duration: action || tone === 'failed' ? 8000 : 4000,
    action: action && { label: action.label, onClick: action.run },
  }
  if (tone === 'done') toast.success(title, options)
  else if (tone === 'failed') toast.error(title, options)
  else toast(title, options)
}
