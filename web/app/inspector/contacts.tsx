import { useQuery } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { canCommunicate } from '#shared/workspaces/can-communicate.ts'
import { chartOf } from '#shared/workspaces/chart.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useWorkspaces } from '../../features/workspaces/index.ts'
import { trpc } from '../../kernel/trpc.ts'

type ContactsProps = { orgId: OrgId; workspace: Workspace; onSelect: (id: WorkspaceId) => void }

/** Whom it may talk to, and why: the org chart says so. */
export function Contacts({ orgId, workspace, onSelect }: ContactsProps) {
  const workspaces = useWorkspaces(orgId)
  const orgs = useQuery(trpc.orgs.list.queryOptions())
  const org = orgs.data?.find(({ id }) => id === orgId)
  const { parentOf } = chartOf(workspaces)
  const others = org
    ? workspaces.flatMap((other) => {
        const contact = canCommunicate(workspace.id, other.id, parentOf, org.contactPolicy)
        return contact.allowed && other.id !== workspace.id ? [{ other, relation: contact.relation }] : []
      })
    : []
  return (
    <section aria-label="Contacts" className="px-4 py-3">
      <h3 className="text-12 text-fg-2">May talk to</h3>
      {others.length === 0 && (
        <p className="mt-1 text-13 text-fg-2">Nobody yet: it has no parent, sibling or report.</p>
      )}
      <ul className="mt-1">
        {others.map(({ other, relation }) => (
          <li key={other.id} className="flex items-baseline gap-3 text-13">
            <button
              type="button"
              onClick={() => onSelect(other.id)}
              className="min-w-0 truncate rounded-4 py-0.5 text-left hover:underline"
            >
              {other.name}
            </button>
            <span className="ml-auto text-12 text-fg-2">{words[relation]}</span>
          </li>
        ))}
      </ul>
      {org && (
        <p className="mt-2 text-12 text-pretty text-fg-2">
          {org.contactPolicy === 'direct'
            ? 'This organisation allows direct contacts: siblings, parent and reports.'
            : 'This organisation allows the whole line above and below, and siblings.'}
        </p>
      )}
    </section>
  )
}

const words = {
  self: 'itself',
  sibling: 'sibling',
  parent: 'parent',
  child: 'report',
  ancestor: 'above',
  descendant: 'below',
} as const
