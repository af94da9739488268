import './listen-to-react.ts'
import '../../ui/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { liveStore } from '../../features/delegations/index.ts'
import { workspacesQuery } from '../../features/workspaces/index.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { GraphPane } from '../graph-pane.tsx'
import { boundsOf } from '../hit-test.ts'
import { layOut } from '../layout.ts'
import { forgetViewport, writeViewport } from '../stored-viewport.ts'
import { hearFeed, hearOneByOne } from './bench-feed.ts'
import { idOf, makeWorkspaces } from './make-workspaces.ts'
import { NaiveGraph } from './naive-graph.tsx'

// Not part of the app: the graph's bench opens this page with ?mode=live|overview|open|count|naive&cards=1000.
const asked = new URLSearchParams(location.search)
const mode = asked.get('mode') ?? 'live'
const count = Number(asked.get('cards') ?? 1_000)
// The bench's server reads from the id how many workspaces there are.
const orgId = OrgId.parse(idOf(count))

const workspaces = makeWorkspaces(
  Array.from({ length: count }, (_, index) => (index === 0 ? {} : { parent: Math.floor((index - 1) / 6) })),
)
const viewport = viewportIn(workspaces)
queryClient.setQueryData(trpc.orgs.list.queryKey(), [
  {
    ...{ id: orgId, name: 'Bench', role: 'owner', contactPolicy: 'direct' },
    isRehearsal: true,
    isStopped: false,
    isFrozen: false,
  },
])
queryClient.setQueryData(workspacesQuery(orgId).queryKey, { seq: 0, workspaces })
liveStore.load(orgId, { seq: 0, delegations: [], spend: [], failures: [] })
if (mode === 'overview' || mode === 'open') forgetViewport(orgId)
else writeViewport(orgId, viewport)

const startedAt = performance.now()
createRoot(document.getElementById('root') ?? document.body).render(
  <QueryClientProvider client={queryClient}>
    {mode === 'naive' ? (
      <NaiveGraph workspaces={workspaces} viewport={viewport} />
    ) : (
      <GraphPane orgId={orgId} selectedId={null} onSelect={() => {}} onOpen={() => {}} onOpenWork={() => {}} />
    )}
  </QueryClientProvider>,
)
if (mode === 'live' || mode === 'overview') hearFeed(orgId)
if (mode === 'count') hearOneByOne(orgId)
countFrames()

/** In the thick of it, where the screen is full of cards. */
function viewportIn(all: readonly Workspace[]) {
  const bounds = boundsOf([...layOut(all)].map(([id, position]) => ({ id, position })))
  if (!bounds) throw new Error('The bench has no cards.')
  const zoom = 0.62
  const x = window.innerWidth / 2 - (bounds.x + bounds.width * 0.42) * zoom
  const y = window.innerHeight / 2 - (bounds.y + bounds.height * 0.3) * zoom
  return { x, y, zoom }
}

/**
 * The bench reads from here: the frames drawn so far, and the last event heard. On the root element stands when the first
 * picture of the org was shown where it is looked at; written each frame, it would itself be measured.
 */
function countFrames(): void {
  const bench = { frames: 0, seq: () => liveStore.position().seq }
  Object.assign(window, { bench })
  const { dataset } = document.documentElement
  const detail = mode === 'open' || mode === 'overview' ? 'block' : 'full'
  const picture = `[data-detail=${detail}] > canvas[style*="transform"]`
  const next = () => {
    bench.frames += 1
    if (dataset.openMs === undefined && document.querySelector(picture)) {
      dataset.openMs = String(performance.now() - startedAt)
    }
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}
