import { Undo2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { DeletedSecret } from '#shared/secrets/contract.ts'
import { permissionToSet } from '#shared/secrets/policy.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Saved } from './change-strip.tsx'
import { problemWords, useRestoreSecret } from './use-secrets.ts'

export type DeletedSecretsProps = {
  orgId: OrgId
  deleted: readonly DeletedSecret[]
  scopeNameOf: (secret: DeletedSecret) => string | undefined
  onRestored: (change: Saved) => void
}

/** What was deleted today and can still be had back. */
export function DeletedSecrets({ orgId, deleted, scopeNameOf, onRestored }: DeletedSecretsProps) {
  if (deleted.length === 0) return null
  return (
    <section aria-label="Deleted" className="border-t border-line py-2">
      <h3 className="px-4 py-1 text-12 text-fg-2">Deleted: kept for 24 hours, then destroyed</h3>
      <ul>
        {deleted.map((secret) => (
          <DeletedRow
            key={secret.id}
            orgId={orgId}
            secret={secret}
            scopeName={scopeNameOf(secret)}
            onRestored={onRestored}
          />
        ))}
      </ul>
    </section>
  )
}

type DeletedRowProps = {
  orgId: OrgId
  secret: DeletedSecret
  scopeName: string | undefined
  onRestored: (change: Saved) => void
}

function DeletedRow({ orgId, secret, scopeName, onRestored }: DeletedRowProps) {
  const mayChange = useMay(orgId, permissionToSet(secret.workspaceId))
  const restore = useRestoreSecret()
  return (
    <li aria-label={`${secret.name}, deleted`} className="px-4 py-1.5">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1">
          <span className="block truncate font-mono text-12 text-fg-2 line-through" title={secret.name}>
            {secret.name}
          </span>
          <span className="block truncate text-12 text-fg-3">
            {scopeName !== undefined && `${scopeName} · `}
            <TimeAgo at={secret.deletedAt} /> by {secret.deletedByName}
          </span>
        </p>
        {mayChange && (
          <Button
            size="small"
            icon={Undo2}
            isBusy={restore.isPending}
            aria-label={`Undo deleting ${secret.name}`}
            onClick={() => restore.mutate({ orgId, secretId: secret.id }, { onSuccess: onRestored })}
          >
            Undo
          </Button>
        )}
      </div>
      {restore.error && (
        <p role="alert" className="mt-1 text-12 text-danger">
          {problemWords(restore.error)}
        </p>
      )}
    </li>
  )
}
