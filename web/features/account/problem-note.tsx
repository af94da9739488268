import type { Problem } from '../../kernel/app-error.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'

/** What went wrong and belongs to none of the fields that are shown. */
export function ProblemNote({ problem, fields = [] }: { problem: Problem | undefined; fields?: readonly string[] }) {
  if (!problem || (problem.field !== undefined && fields.includes(problem.field))) return null
  return (
    <div className="-mx-3 -my-1">
      <ErrorPanel title={problem.message}>{problem.fix}</ErrorPanel>
    </div>
  )
}
