import type { OrgId } from '#shared/kernel/ids.ts'
import type { Org } from '#shared/orgs/contract.ts'
import { mayAs } from '#shared/policies.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { client, queryClient, trpc } from '../../../kernel/trpc.ts'
import { notify } from '../../../ui/toast.ts'

/** Why this person may not stop or freeze the organisation; undefined where they may. */
export function refusalFor({ role }: Pick<Org, 'role'>): string | undefined {
  return mayAs(role, 'orgs.stop') ? undefined : 'A manager, admin or owner can do this.'
}

export async function startAgain(orgId: OrgId): Promise<void> {
  await act('The company takes work again', () => client.delegations.startCompany.mutate({ orgId }))
}

export async function setFrozen(orgId: OrgId, isFrozen: boolean): Promise<void> {
  const title = isFrozen ? 'The organisation is frozen' : 'The organisation is no longer frozen'
  await act(title, () => client.delegations.freezeOrg.mutate({ orgId, isFrozen }))
}

async function act(title: string, run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
    notify({ title, tone: 'done' })
  } catch (error) {
    const { message, fix } = readProblem(error)
    notify({ title: message, detail: fix, tone: 'failed' })
  }
  await queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
}
