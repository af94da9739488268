import { type ComponentProps, Suspense } from 'react'
import { lazyPart } from '#web/kernel/lazy-part.ts'

const Gone = lazyPart(() => import('./gone-page.tsx').then((part) => ({ default: part.GonePage })))
const RefusedPage = lazyPart(() => import('./refused.tsx').then((part) => ({ default: part.RefusedPage })))

/** What stands in the place of an org that is no longer the person's; fetched only then. */
export function GonePage(props: ComponentProps<typeof Gone>) {
  return (
    <Suspense>
      <Gone {...props} />
    </Suspense>
  )
}

export function Refused(props: ComponentProps<typeof RefusedPage>) {
  return (
    <Suspense>
      <RefusedPage {...props} />
    </Suspense>
  )
}
