import { ChevronRight, RefreshCw, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Secret } from '#shared/secrets/contract.ts'
import { permissionToSet } from '#shared/secrets/policy.ts'
import { useMay } from '../../kernel/may.ts'
import { Badge } from '../../ui/badge.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import type { Saved } from './change-strip.tsx'
import { SecretForm } from './secret-form.tsx'
import { SecretUsage } from './secret-usage.tsx'
import { problemWords, useRemoveSecret } from './use-secrets.ts'
import { usersWords } from './words.ts'

export type SecretRowProps = {
  orgId: OrgId
  secret: Secret
  /** Of the workspace it is for; undefined where it is the organisation's. */
  scopeName: string | undefined
  isEdited: boolean
  onEdit: (isEdited: boolean) => void
  onSaved: (change: Saved) => void
}

/** One secret: what it is called, how it ends, for whom, who changed and who uses it. */
export function SecretRow({ orgId, secret, scopeName, isEdited, onEdit, onSaved }: SecretRowProps) {
  const [isUnfolded, setUnfolded] = useState(false)
  const mayChange = useMay(orgId, permissionToSet(secret.workspaceId))
  const remove = useRemoveSecret()
  const { name } = secret
  return (
    <li aria-label={name} className="px-4 py-2.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p className="flex min-w-0 items-baseline gap-2">
            <span className="truncate font-mono text-13 font-medium" title={name}>
              {name}
            </span>
            <span className="shrink-0 font-mono text-12 text-fg-3" title="The end of the value; more is never shown">
              {secret.hint}
            </span>
          </p>
          <div className="mt-1 flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-12 text-fg-2">
            <span className="flex max-w-36 min-w-0" title={scopeName && `Only ${scopeName}`}>
              <Badge tone={scopeName === undefined ? 'neutral' : 'accent'}>
                <span className="truncate">{scopeName ?? 'Organisation'}</span>
              </Badge>
            </span>
            <span className="max-w-56 min-w-0 truncate" title={`Version ${secret.version} by ${secret.updatedByName}`}>
              {secret.version > 1 ? 'changed' : 'added'} <TimeAgo at={secret.updatedAt} /> by {secret.updatedByName}
            </span>
            <button
              type="button"
              aria-expanded={isUnfolded}
              aria-label={`Who uses ${name}`}
              onClick={() => setUnfolded(!isUnfolded)}
              className="-ml-1 flex h-5 items-center gap-0.5 rounded-4 px-1 text-fg-2 hover:bg-hover hover:text-fg"
            >
              <ChevronRight
                size={12}
                strokeWidth={2}
                aria-hidden
                className={classes('transition-transform', isUnfolded && 'rotate-90')}
              />
              {secret.lastUsedAt === null ? (
                'not used yet'
              ) : (
                <span>
                  used by {usersWords(secret)}, <TimeAgo at={secret.lastUsedAt} />
                </span>
              )}
            </button>
          </div>
        </div>
        {mayChange && (
          <div className="flex gap-0.5">
            <IconButton
              icon={RefreshCw}
              label={`Replace the value of ${name}`}
              size="small"
              isActive={isEdited}
              onClick={() => onEdit(!isEdited)}
            />
            <IconButton
              icon={Trash2}
              label={`Delete ${name}`}
              size="small"
              disabled={remove.isPending}
              onClick={() => remove.mutate({ orgId, secretId: secret.id })}
            />
          </div>
        )}
      </div>
      {remove.error && (
        <p role="alert" className="mt-1 text-12 text-danger">
          {problemWords(remove.error)}
        </p>
      )}
      {isUnfolded && <SecretUsage orgId={orgId} secret={secret} />}
      {isEdited && (
        <div className="mt-2">
          <SecretForm
            orgId={orgId}
            secret={secret}
            known={[]}
            onSaved={(change) => {
              onEdit(false)
              onSaved(change)
            }}
            onClose={() => onEdit(false)}
          />
        </div>
      )}
    </li>
  )
}
