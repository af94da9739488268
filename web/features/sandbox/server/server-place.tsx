import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import { trpc } from '../../../kernel/trpc.ts'

/** Beside where a person's code runs: where code of agents does, in the words of the server's own list. */
export function ServerPlace({ orgId }: { orgId: OrgId }) {
  const places = useQuery(trpc.sandbox.backends.queryOptions({ orgId }))
  if (!places.data) return null
  const chosen = places.data.find(({ isChosen }) => isChosen)
  const first = places.data[0]
  return (
    <div className="border-t border-line pt-3">
      <p className="text-13 font-medium">Code of agents: {chosen ? chosen.name : 'nowhere'}</p>
      <p className="text-12 text-pretty text-fg-2">{chosen?.words ?? first?.words}</p>
      {first && chosen && chosen !== first && !first.isUsable && (
        <p className="text-12 text-pretty text-fg-2">
          Not {first.name}: {first.words}
        </p>
      )}
    </div>
  )
}
