import type { ReactNode } from 'react'
import type { ApprovalView } from '#shared/approvals/contract.ts'
import { Readable } from '../../ui/readable.tsx'
import { readArgs } from './read-args.ts'
import { moreWords } from './words.ts'

type ArgsViewProps = {
  approval: Pick<ApprovalView, 'args' | 'whole'>
  /** Where all of it stands. */
  wholeAt: ReactNode
}

/** What the call would be made with, code as code; what is not even kept here is counted. */
export function ArgsView({ approval, wholeAt }: ArgsViewProps) {
  const { args } = approval
  if (args === '' || args === '{}') return null
  const more = moreWords(approval)
  return (
    <div className="flex flex-col gap-1.5 rounded-6 border border-line bg-surface-2 p-2">
      <Readable value={readArgs(args)} />
      {more && (
        <p className="text-12 text-fg-2">
          Cut here: {more} {wholeAt}
        </p>
      )}
    </div>
  )
}
