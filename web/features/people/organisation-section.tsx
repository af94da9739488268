import { useQuery } from '@tanstack/react-query'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Org } from '#shared/orgs/contract.ts'
import { mayAs } from '#shared/policies.ts'
import { trpc } from '../../kernel/trpc.ts'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { ContactChoice } from './contact-choice.tsx'
import { DeleteOrg } from './delete-org.tsx'
import { RenameForm } from './rename-form.tsx'

/** The organisation itself: its name, who may talk to whom, and its end. */
export function OrganisationSection({ orgId }: { orgId: OrgId }) {
  const org = useQuery(trpc.orgs.list.queryOptions()).data?.find((one) => one.id === orgId)
  if (!org) {
    return (
      <div className="p-4">
        <SkeletonLines count={5} label="Loading the organisation" />
      </div>
    )
  }
  return <Loaded key={org.id} org={org} />
}

function Loaded({ org }: { org: Org }) {
  const mayDelete = mayAs(org.role, 'orgs.delete')
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <RenameForm key={org.name} org={org} />
      <ContactChoice org={org} />
      {mayDelete ? (
        <DeleteOrg org={org} />
      ) : (
        <p className="px-4 py-4 text-12 text-fg-2">Only an owner can delete this organisation.</p>
      )}
    </div>
  )
}
