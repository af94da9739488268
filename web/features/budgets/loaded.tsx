import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'

type LoadedProps<T> = {
  query: UseQueryResult<T, unknown>
  /** What is being read, for those who listen. */
  label: string
  children: (data: T) => ReactNode
}

/** The data once it is there; until then its place, or why it did not come. */
export function Loaded<T>({ query, label, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (!query.error) {
    return (
      <div className="p-3">
        <SkeletonLines count={5} label={label} />
      </div>
    )
  }
  const { message, fix } = readProblem(query.error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void query.refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}
