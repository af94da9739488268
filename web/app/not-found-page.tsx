import { Link } from '@tanstack/react-router'
import { PageFrame } from './page-frame.tsx'

export function NotFoundPage() {
  return (
    <PageFrame title="There is nothing here">
      <p className="text-pretty text-fg-2">This address belongs to no page, or to something that was deleted.</p>
      <p>
        <Link to="/" className="font-medium text-accent underline underline-offset-2">
          Go to your organisation
        </Link>
      </p>
    </PageFrame>
  )
}
