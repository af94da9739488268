import '../../ui/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { OrgId } from '#shared/kernel/ids.ts'
import { liveStore } from '../../features/delegations/index.ts'
import { workspacesQuery } from '../../features/workspaces/index.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { fitTo } from '../fit.ts'
import { GraphPane } from '../graph-pane.tsx'
import { boundsOf } from '../hit-test.ts'
import { layOut } from '../layout.ts'
import { writeViewport } from '../stored-viewport.ts'
import { startFeed } from './bench-feed.ts'
import { idOf, makeWorkspaces } from './make-workspaces.ts'
import { NaiveGraph } from './naive-graph.tsx'

// Not part of the app: the graph's bench opens this page with ?mode=live|overview|naive.
const mode = new URLSearchParams(location.search).get('mode')
const orgId = OrgId.parse(idOf(900_000))
const workspaces = makeWorkspaces(
  Array.from({ length: 1_000 }, (_, index) => (index === 0 ? {} : { parent: Math.floor((index - 1) / 6) })),
)
const bounds = boundsOf([...layOut(workspaces)].map(([id, position]) => ({ id, position })))
if (!bounds) throw new Error('The bench has no cards.')

// In the thick of it, where the screen is full of cards; and from afar, where all are in sight.
const zoom = 0.62
const middle = { x: bounds.x + bounds.width * 0.42, y: bounds.y + bounds.height * 0.3 }
const viewports = {
  live: { x: window.innerWidth / 2 - middle.x * zoom, y: window.innerHeight / 2 - middle.y * zoom, zoom },
  overview: fitTo(bounds, window.innerWidth, window.innerHeight),
}

queryClient.setQueryData(workspacesQuery(orgId).queryKey, { seq: 0, workspaces })
liveStore.load(orgId, { seq: 0, delegations: [], spend: [], failures: [] })
writeViewport(orgId, mode === 'overview' ? viewports.overview : viewports.live)

createRoot(document.getElementById('root') ?? document.body).render(
  <QueryClientProvider client={queryClient}>
    {mode === 'naive' ? (
      <NaiveGraph workspaces={workspaces} viewport={viewports.live} />
    ) : (
      <GraphPane orgId={orgId} selectedId={null} onSelect={() => {}} onOpen={() => {}} />
    )}
  </QueryClientProvider>,
)
if (mode !== 'naive') startFeed(orgId, workspaces)
countFrames()

/** The bench reads the frames drawn so far from the root element. */
function countFrames(): void {
  let frames = 0
  const next = () => {
    frames += 1
    document.documentElement.dataset.frames = String(frames)
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}
