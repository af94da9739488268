import '../ui/app.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { liveStore } from '../features/delegations/index.ts'
import { workspacesQuery } from '../features/workspaces/index.ts'
import { setNames } from '../graph/names.ts'
import { queryClient, trpc } from '../kernel/trpc.ts'
import { Segmented } from '../ui/segmented.tsx'
import { Toaster } from '../ui/toaster.tsx'
import { Cards } from './cards.tsx'
import { Controls } from './controls.tsx'
import { delegations, orgId, workspaces } from './example-org.ts'
import { Panes } from './panes.tsx'
import { Texts } from './texts.tsx'

// No part of the product: `npm run dev`, then /gallery/index.html?theme=contrast. It asks no server for anything.
const themes = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'contrast', label: 'High contrast' },
] as const
const asked = new URLSearchParams(location.search).get('theme')
const theme = themes.find(({ value }) => value === asked)?.value ?? 'light'
document.documentElement.dataset.theme = theme
document.documentElement.style.overflow = 'auto'

queryClient.setDefaultOptions({ queries: { retry: false, staleTime: Number.POSITIVE_INFINITY, refetchOnMount: false } })
queryClient.setQueryData(trpc.orgs.list.queryKey(), [
  {
    ...{ id: orgId, name: 'Gallery', role: 'owner', contactPolicy: 'direct' },
    ...{ isRehearsal: true, isStopped: false, isFrozen: false },
  },
])
queryClient.setQueryData(workspacesQuery(orgId).queryKey, { seq: 0, workspaces })
setNames(new Map(workspaces.map(({ id, name }) => [id, name])))
liveStore.load(orgId, { seq: 0, delegations, spend: [], failures: [] })

createRoot(document.getElementById('root') ?? document.body).render(
  <QueryClientProvider client={queryClient}>
    <main className="min-h-full bg-surface">
      <header className="flex flex-wrap items-center gap-4 px-6 py-4">
        <h1 className="flex-1 text-20 font-semibold">Gallery</h1>
        <Segmented
          label="Theme"
          options={themes}
          value={theme}
          onChange={(next) => location.assign(`?theme=${next}`)}
        />
      </header>
      <Controls />
      <Panes />
      <Texts />
      <Cards />
    </main>
    <Toaster theme={theme === 'light' ? 'light' : 'dark'} />
  </QueryClientProvider>,
)
