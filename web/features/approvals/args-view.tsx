import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { clipArgs, prettyArgs } from './words.ts'

/** What the call would be made with; long ones open on demand. */
export function ArgsView({ args }: { args: string }) {
  const [isWhole, setWhole] = useState(false)
  if (args === '') return null
  const pretty = prettyArgs(args)
  const clipped = clipArgs(pretty)
  return (
    <div className="rounded-6 border border-line bg-surface-2">
      <pre className="p-2 font-mono text-12 break-words whitespace-pre-wrap">
        {isWhole ? pretty : (clipped ?? pretty)}
      </pre>
      {clipped !== undefined && (
        <div className="px-1 pb-1">
          <Button size="small" tone="ghost" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Show less' : 'Show all of it'}
          </Button>
        </div>
      )}
    </div>
  )
}
