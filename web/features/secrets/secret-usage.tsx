import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Secret, SecretUsage as Usage } from '#shared/secrets/contract.ts'
import { trpc } from '../../kernel/trpc.ts'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { problemWords } from './use-secrets.ts'
import { countWords } from './words.ts'

/** Which workspaces and MCP servers used a secret, when last and how often, and its versions. */
export function SecretUsage({ orgId, secret }: { orgId: OrgId; secret: Secret }) {
  const usage = useQuery({ ...trpc.secrets.usage.queryOptions({ orgId, secretId: secret.id }), staleTime: 0 })
  if (usage.error) return <p className="pt-1 text-12 text-danger">{problemWords(usage.error)}</p>
  if (!usage.data) {
    return (
      <div className="pt-2">
        <SkeletonLines count={2} label={`Loading who used ${secret.name}`} />
      </div>
    )
  }
  return (
    <div className="mt-1.5 grid gap-2 rounded-6 bg-surface-2 px-3 py-2 text-12">
      {usage.data.uses.length === 0 ? (
        <p className="text-fg-2">Nobody has used it yet.</p>
      ) : (
        <ul aria-label={`Used by`} className="grid gap-1">
          {byUser(usage.data).map(({ by, count, lastAt }) => (
            <li key={by.id} className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate" title={by.name}>
                {by.kind === 'mcp-server' ? `MCP server ${by.name}` : by.name}
              </span>
              <span className="text-fg-3">{countWords(count, 'use')}</span>
              <span className="w-20 text-right text-fg-3">
                <TimeAgo at={lastAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <ul aria-label="Versions" className="grid gap-1 border-t border-line pt-2">
        {usage.data.versions.slice(0, 5).map(({ version, createdAt, createdByName, isCurrent }) => (
          <li key={version} className="flex items-baseline gap-2 text-fg-2">
            <span className="min-w-0 flex-1 truncate">
              Version {version} by {createdByName}
              {isCurrent && <span className="text-fg-3"> · in use</span>}
            </span>
            <span className="w-20 text-right text-fg-3">
              <TimeAgo at={createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Used = Pick<Usage['uses'][number], 'by' | 'count' | 'lastAt'>

/** Hours summed up, the latest user first. */
function byUser({ uses }: Usage): Used[] {
  const found = new Map<string, Used>()
  for (const { by, count, lastAt } of uses) {
    const known = found.get(by.id)
    const latest = known && known.lastAt > lastAt ? known.lastAt : lastAt
    found.set(by.id, { by, count: (known?.count ?? 0) + count, lastAt: latest })
  }
  return [...found.values()].sort((a, b) => b.lastAt.localeCompare(a.lastAt))
}
