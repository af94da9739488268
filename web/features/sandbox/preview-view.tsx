import { ExternalLink, Globe, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { IconButton } from '#web/ui/icon-button.tsx'
import { Select } from '#web/ui/select.tsx'
import type { Server } from './runner.ts'

/** A program's server as its visitors see it: in an origin of its own, which knows nothing of this page. */
export function PreviewView({ servers }: { servers: readonly Server[] }) {
  const [asked, setAsked] = useState<string>()
  const [loads, setLoads] = useState(0)
  const shown = servers.find(({ port }) => `${port}` === asked) ?? servers[0]
  if (shown === undefined) {
    return (
      <EmptyState icon={Globe} title="No server answers yet">
        Start one in the terminal, e.g. npm install and npm run dev. It opens here when it listens.
      </EmptyState>
    )
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center gap-2 border-b border-line px-3 py-1.5">
        <div className="w-32">
          <Select
            label="Server"
            isLabelHidden
            value={`${shown.port}`}
            options={servers.map(({ port }) => ({ value: `${port}`, label: `Port ${port}` }))}
            onChange={setAsked}
          />
        </div>
        <span className="min-w-0 flex-1 truncate font-mono text-12 text-fg-2" title={shown.url}>
          {shown.url}
        </span>
        <IconButton icon={RotateCw} label="Load again" size="small" onClick={() => setLoads(loads + 1)} />
        <IconButton
          icon={ExternalLink}
          label="Open in a tab of its own"
          size="small"
          onClick={() => window.open(shown.url, '_blank', 'noopener,noreferrer')}
        />
      </div>
      <iframe
        key={`${shown.url} ${loads}`}
        src={shown.url}
        title={`Preview of port ${shown.port}`}
        sandbox="allow-scripts allow-same-origin allow-forms allow-modals"
        className="min-h-0 flex-1 bg-white"
      />
    </div>
  )
}
