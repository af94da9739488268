import { Send } from 'lucide-react'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { askDelegation } from '../../features/delegations/index.ts'
import { useIsPast } from '../../features/past/index.ts'
import { useMay } from '../../kernel/may.ts'
import { oneOf, readStored, writeStored } from '../../kernel/storage.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { GraphPaneProps } from '../graph-pane-props.ts'
import { AttentionList } from './attention-list.tsx'

type PhoneOrgProps = GraphPaneProps & { workspaces: readonly Workspace[]; graph: ReactNode }

type Face = 'list' | 'graph'
const key = 'graph.phone-face'

/** On a phone a chart of small cards says little: the list stands first, the chart is one touch away. */
export function PhoneOrg({ graph, ...props }: PhoneOrgProps) {
  const [face, setFace] = useState<Face>(() => readStored(key, oneOf('list', 'graph'), 'list'))
  const isPast = useIsPast()
  const mayDelegate = useMay(props.orgId, 'delegations.give')
  const show = (next: Face) => {
    setFace(next)
    writeStored(key, next)
  }
  return (
    <section aria-label="Organisation" className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas">
      <div className="flex items-center justify-between gap-2 border-b border-line bg-surface px-3 py-2">
        <div className="[&_label]:h-9 [&_label]:px-3">
          <Segmented
            label="Show the organisation as"
            options={[
              { value: 'list', label: 'List' },
              { value: 'graph', label: 'Graph' },
            ]}
            value={face}
            onChange={show}
          />
        </div>
        {face === 'list' && mayDelegate && !isPast && (
          <Button tone="primary" icon={Send} onClick={() => askDelegation(props.selectedId)} className="h-9">
            New delegation
          </Button>
        )}
      </div>
      {face === 'list' ? <AttentionList {...props} /> : <div className="relative min-h-0 flex-1">{graph}</div>}
    </section>
  )
}

const query = '(max-width: 639.98px)'

/** Too narrow for a chart with words on it. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}
