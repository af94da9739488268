import { readProblem } from '../../kernel/app-error.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'

/** What went wrong with the dialog's act, and what to do now. */
export function ProblemText({ error }: { error: unknown }) {
  if (!error) return null
  const { message, fix } = readProblem(error)
  return (
    <div className="-mx-3">
      <ErrorPanel title={message}>{fix}</ErrorPanel>
    </div>
  )
}
