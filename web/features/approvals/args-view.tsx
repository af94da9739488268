import { type ReactNode, useState } from 'react'
import type { ApprovalView } from '#shared/approvals/contract.ts'
import { Button } from '../../ui/button.tsx'
import { clipArgs, moreWords, prettyArgs } from './words.ts'

type ArgsViewProps = {
  approval: Pick<ApprovalView, 'args' | 'whole'>
  /** Where all of it stands. */
  wholeAt: ReactNode
}

/** What the call would be made with; long ones open on demand, and what is not even kept here is counted. */
export function ArgsView({ approval, wholeAt }: ArgsViewProps) {
  const { args } = approval
  const [isWhole, setWhole] = useState(false)
  if (args === '') return null
  const pretty = prettyArgs(args)
  const clipped = clipArgs(pretty)
  const more = moreWords(approval)
  return (
    <div className="rounded-6 border border-line bg-surface-2">
      <pre className="p-2 font-mono text-12 break-words whitespace-pre-wrap">
        {isWhole ? pretty : (clipped ?? pretty)}
      </pre>
      {clipped !== undefined && (
        <div className="px-1 pb-1">
          <Button size="small" tone="ghost" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show less' : more ? 'Show more' : 'Show all of it'}
          </Button>
        </div>
      )}
      {more && (
        <p className="px-2 pb-2 text-12 text-fg-2">
          {more}: {wholeAt}
        </p>
      )}
    </div>
  )
}
