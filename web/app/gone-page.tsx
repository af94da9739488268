import { Link } from '@tanstack/react-router'
import { PageFrame } from './page-frame.tsx'

type GonePageProps = { name: string; how: 'removed' | 'deleted' }

/** Calm words where an organisation was lost while one looked at it. */
export function GonePage({ name, how }: GonePageProps) {
  const isDeleted = how === 'deleted'
  return (
    <PageFrame title={isDeleted ? `${name} was deleted` : `You are no longer in ${name}`}>
      <p className="text-pretty break-words text-fg-2">
        {isDeleted
          ? 'An owner deleted this organisation. Its work has stopped and everything in it is being erased.'
          : 'Somebody removed you from this organisation. What you gave to do there goes on; to come back, ask for a new invitation.'}
      </p>
      <p>
        <Link to="/" replace className="font-medium text-accent underline underline-offset-2">
          Go to your organisations
        </Link>
      </p>
    </PageFrame>
  )
}
