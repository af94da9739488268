import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { SandboxBackend } from '#shared/sandbox/contract.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { HostList } from './host-list.tsx'

/** Where code of agents runs on this server, and whom it may reach. */
export function SandboxSection({ orgId }: { orgId: OrgId }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
      <section aria-labelledby="hosts-title" className="flex flex-col gap-2">
        <h3 id="hosts-title" className="font-medium text-13">
          Hosts
        </h3>
        <HostList orgId={orgId} />
      </section>
      <section aria-labelledby="places-title" className="flex flex-col gap-2 border-line border-t pt-4">
        <h3 id="places-title" className="font-medium text-13">
          Where it runs
        </h3>
        <Places orgId={orgId} />
      </section>
    </div>
  )
}

function Places({ orgId }: { orgId: OrgId }) {
  const places = useQuery(trpc.sandbox.backends.queryOptions({ orgId }))
  if (places.data) {
    return (
      <ul aria-label="Places for code of agents" className="flex flex-col gap-3">
        {places.data.map((place) => (
          <li key={place.name}>
            <Place place={place} />
          </li>
        ))}
      </ul>
    )
  }
  if (!places.error) return <SkeletonLines count={5} label="Looking at what this server has" />
  const { message, fix } = readProblem(places.error)
  return (
    <ErrorPanel title={message} action={<Button onClick={() => void places.refetch()}>Try again</Button>}>
      {fix}
    </ErrorPanel>
  )
}

function Place({ place: { name, isUsable, isChosen, words, gives } }: { place: SandboxBackend }) {
  return (
    <div className="flex flex-col gap-0.5">
      <p className="flex items-center gap-2 text-13">
        <span className="font-mono">{name}</span>
        {isChosen && <Badge tone="completed">In use</Badge>}
        {isUsable && !isChosen && <Badge>Usable</Badge>}
        {!isUsable && <Badge tone="waiting">Not here</Badge>}
      </p>
      <p className="text-12 text-pretty break-words text-fg-2">{words}</p>
      <p className="text-12 text-pretty text-fg-3">Gives {gives}.</p>
    </div>
  )
}
