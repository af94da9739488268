import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ApiKey } from '#shared/keys/contract.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { ConfirmRevoke } from './confirm-revoke.tsx'
import { useRevokeKey } from './use-revoke-key.ts'
import { expiryOf } from './words.ts'

/** Whose it is, what it may, when it was last used and when it ends. */
export function KeyRow({ orgId, apiKey }: { orgId: OrgId; apiKey: ApiKey }) {
  const [isAsking, setAsking] = useState(false)
  const revoke = useRevokeKey(orgId)
  const expiry = expiryOf(apiKey, useNow())
  const { name, holder, isMine, role, permissions, shown, createdBy, createdAt, lastUsedAt } = apiKey
  const whose = holder === 'machine' ? 'machine' : isMine ? 'yours' : `acts as ${createdBy}`
  return (
    <div className="py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13">
            <span className="font-medium break-words">{name}</span>
            <Badge>{whose}</Badge>
            {expiry.state !== 'far' && (
              <Badge tone={expiry.state === 'over' ? 'failed' : 'waiting'}>{expiry.words}</Badge>
            )}
          </p>
          <p className="mt-1 text-12 text-fg-2">
            <span className="font-mono">{shown}…</span> · {role}
            {permissions !== null &&
              ` · ${permissions.length === 1 ? '1 permission' : `${permissions.length} permissions`}`}
            {expiry.state === 'far' && ` · ${expiry.words}`}
          </p>
          <p className="mt-0.5 text-12 text-fg-2">
            {lastUsedAt === null ? (
              'Never used'
            ) : (
              <>
                Last used <TimeAgo at={lastUsedAt} />
              </>
            )}
            {' · made by '}
            {createdBy} <TimeAgo at={createdAt} />
          </p>
        </div>
        {!isAsking && (
          <Button size="small" tone="ghost" aria-label={`Revoke ${name}`} onClick={() => setAsking(true)}>
            Revoke
          </Button>
        )}
      </div>
      {isAsking && (
        <ConfirmRevoke
          what={name}
          isBusy={revoke.isPending}
          onRevoke={() => revoke.mutate(apiKey.id)}
          onKeep={() => setAsking(false)}
        />
      )}
    </div>
  )
}
