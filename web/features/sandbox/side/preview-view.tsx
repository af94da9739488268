import { ExternalLink, Globe, RotateCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Server } from '#sandbox/sandbox.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { ErrorPanel } from '#web/ui/error-panel.tsx'
import { IconButton } from '#web/ui/icon-button.tsx'
import { Select } from '#web/ui/select.tsx'
import { SkeletonLines } from '#web/ui/skeleton.tsx'
import type { Can } from './can.ts'
import { NotHere } from './not-here.tsx'

/** What the code serves as its visitors see it: in an origin of its own, which knows nothing of this page. */
export function PreviewView({ servers, can }: { servers: readonly Server[]; can: Can }) {
  const [asked, setAsked] = useState<string>()
  const [loads, setLoads] = useState(0)
  const [hasServed, setServed] = useState(false)
  const shown = servers.find(({ port }) => `${port}` === asked) ?? servers[0]
  if (shown !== undefined && !hasServed) setServed(true)
  if (shown === undefined) return <Nothing can={can} hasServed={hasServed} />
  const place = shown.connect ? `localhost:${shown.port}` : shown.url
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex items-center gap-2 border-b border-line px-3 py-1.5">
        {servers.length > 1 && (
          <div className="w-32 shrink-0">
            <Select
              label="Server"
              isLabelHidden
              value={`${shown.port}`}
              options={servers.map(({ port }) => ({ value: `${port}`, label: `Port ${port}` }))}
              onChange={setAsked}
            />
          </div>
        )}
        <span className="min-w-0 flex-1 truncate font-mono text-12 text-fg-2" title={place}>
          {place}
        </span>
        <IconButton icon={RotateCw} label="Load again" size="small" onClick={() => setLoads(loads + 1)} />
        {!shown.connect && (
          <IconButton
            icon={ExternalLink}
            label="Open in a tab of its own"
            size="small"
            onClick={() => window.open(shown.url, '_blank', 'noopener,noreferrer')}
          />
        )}
      </div>
      {shown.connect ? (
        <ConnectedPage key={`${shown.port} ${loads}`} server={shown} />
      ) : (
        <iframe
          key={`${shown.url} ${loads}`}
          src={shown.url}
          title={`Preview of port ${shown.port}`}
          sandbox="allow-scripts allow-same-origin allow-forms allow-modals"
          className="min-h-0 flex-1 bg-white"
        />
      )}
    </div>
  )
}

/** A page without network: what it asks for goes by messages to the code. */
function ConnectedPage({ server }: { server: Server }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const leave = useRef<(() => void) | undefined>(undefined)
  useEffect(() => () => leave.current?.(), [])
  const connect = () => {
    leave.current?.()
    const page = frame.current?.contentWindow
    leave.current = page ? server.connect?.(page) : undefined
  }
  return (
    <iframe
      ref={frame}
      src={server.url}
      onLoad={connect}
      title={`Preview of port ${server.port}`}
      sandbox="allow-scripts allow-forms"
      className="min-h-0 flex-1 bg-white"
    />
  )
}

function Nothing({ can: { state, backend, others }, hasServed }: { can: Can; hasServed: boolean }) {
  if (backend === undefined) {
    return state === 'starting' ? (
      <div className="p-4">
        <SkeletonLines count={3} label="The sandbox is starting" />
      </div>
    ) : (
      <ErrorPanel title="No sandbox, no preview">{state}</ErrorPanel>
    )
  }
  const { preview, terminal } = backend.capabilities
  if (!preview) return <NotHere icon={Globe} title="No preview here" backend={backend.name} others={others} />
  if (hasServed) {
    return (
      <EmptyState icon={Globe} title="What was served here has ended">
        Run it again, and it opens here as soon as it answers.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Globe} title="Nothing serves yet">
      {terminal
        ? 'Start a server in the terminal, e.g. npm install and npm run dev. It opens here when it listens.'
        : 'Export default { fetch(request) { return new Response("…") } }, or listen with node:http. It opens here when it answers.'}
    </EmptyState>
  )
}
