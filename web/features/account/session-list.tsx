import { Monitor, Smartphone } from 'lucide-react'
import type { SessionInfo } from '#shared/account/contract.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { readAccountAgain } from './cache.ts'
import { Part } from './part.tsx'
import { ProblemNote } from './problem-note.tsx'
import { postAccount } from './request.ts'
import { useAct } from './use-act.ts'

/** Where one is signed in. What is ended stops at once, wherever it is open. */
export function SessionList({ sessions }: { sessions: readonly SessionInfo[] }) {
  const endOthers = useAct(async () => {
    await postAccount('sessions/end-others')
    await readAccountAgain()
  })
  return (
    <Part
      title="Where you are signed in"
      detail="What you sign out here stops at once."
      action={
        sessions.length > 1 && (
          <Button tone="danger" isBusy={endOthers.isBusy} onClick={endOthers.run}>
            Sign out all others
          </Button>
        )
      }
    >
      <ul aria-label="Sessions" className="flex flex-col gap-2">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      <ProblemNote problem={endOthers.problem} />
    </Part>
  )
}

function SessionRow({ session: { id, device, createdAt, lastUsedAt, isThis } }: { session: SessionInfo }) {
  const end = useAct(async () => {
    await postAccount('sessions/end', { id })
    await readAccountAgain()
  })
  const Icon = /iPhone|Android/.test(device) ? Smartphone : Monitor
  return (
    <li className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
        <div className="min-w-0 flex-1">
          <p className="flex items-center gap-2">
            <span className="truncate" title={device}>
              {device}
            </span>
            {isThis && <Badge>This one</Badge>}
          </p>
          <p className="text-12 text-fg-3">
            Signed in <TimeAgo at={createdAt} />, used <TimeAgo at={lastUsedAt} />
          </p>
        </div>
        {!isThis && (
          <Button size="small" isBusy={end.isBusy} onClick={end.run} aria-label={`Sign out ${device}`}>
            Sign out
          </Button>
        )}
      </div>
      <ProblemNote problem={end.problem} />
    </li>
  )
}
