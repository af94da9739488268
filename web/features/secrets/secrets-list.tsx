import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { DeletedSecret, Secret } from '#shared/secrets/contract.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import type { Saved } from './change-strip.tsx'
import { DeletedSecrets } from './deleted-secrets.tsx'
import { groupSecrets } from './group-secrets.ts'
import { SecretRow } from './secret-row.tsx'
import { ServiceGroup } from './service-group.tsx'

export type SecretsListProps = {
  orgId: OrgId
  secrets: readonly Secret[]
  deleted: readonly DeletedSecret[]
  /** Only what fits them. */
  words: string
  editedId: string | undefined
  onEdit: (id: string | undefined) => void
  onSaved: (change: Saved) => void
}

export function SecretsList({ orgId, secrets, deleted, words, editedId, onEdit, onSaved }: SecretsListProps) {
  const workspaces = useWorkspaces(orgId)
  const names = new Map(workspaces.map(({ id, name }) => [id, name]))
  const scopeNameOf = ({ workspaceId }: { workspaceId: WorkspaceId | null }) =>
    workspaceId === null ? undefined : (names.get(workspaceId) ?? 'A removed workspace')
  const groups = groupSecrets(secrets, words, scopeNameOf)
  return (
    <>
      {groups.map((group) => (
        <ServiceGroup key={group.service} orgId={orgId} group={group}>
          {group.secrets.map((secret) => (
            <SecretRow
              key={secret.id}
              orgId={orgId}
              secret={secret}
              scopeName={scopeNameOf(secret)}
              isEdited={editedId === secret.id}
              onEdit={(isEdited) => onEdit(isEdited ? secret.id : undefined)}
              onSaved={onSaved}
            />
          ))}
        </ServiceGroup>
      ))}
      {groups.length === 0 && secrets.length > 0 && (
        <p className="px-4 py-6 text-center text-13 text-fg-2">No secret fits “{words.trim()}”.</p>
      )}
      <DeletedSecrets
        orgId={orgId}
        deleted={deleted}
        scopeNameOf={scopeNameOf}
        onRestored={(change) => onSaved(change)}
      />
    </>
  )
}
