import { RotateCw } from 'lucide-react'
import { Button } from '#web/ui/button.tsx'
import { PageFrame } from './page-frame.tsx'

/** The last resort, when a page could not be drawn at all. Unsaved text is kept by the browser. */
export function ProblemPage({ error }: { error: unknown }) {
  const message = error instanceof Error ? error.message : String(error)
  return (
    <PageFrame title="This page could not be shown">
      <p className="text-pretty text-fg-2">
        Something in it failed. Your work on the server goes on, and unsaved text is kept in this browser.
      </p>
      <pre className="max-h-40 overflow-auto rounded-6 bg-surface-3 p-2 font-mono text-12 whitespace-pre-wrap text-fg-2">
        {message}
      </pre>
      <div>
        <Button tone="primary" icon={RotateCw} onClick={() => window.location.reload()}>
          Reload the page
        </Button>
      </div>
    </PageFrame>
  )
}
