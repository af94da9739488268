import type { OrgId } from '#shared/kernel/ids.ts'
import type { BatchResult, BatchWorkspaces, Workspace, WorkspaceList } from '#shared/workspaces/contract.ts'
import { client, queryClient } from '../../kernel/trpc.ts'
import { notify } from '../../ui/toast.ts'
import { doing } from '../acts/index.ts'
import { workspacesQuery } from './cache.ts'
import { select } from './selection.ts'

type Batch = Omit<BatchWorkspaces, 'workspaces'> & {
  workspaces: readonly { workspaceId: Workspace['id']; confirmed: Workspace['id'][] }[]
  /** "Paused", and to how many of how many: what is said when all of it is done, or a part. */
  said: string
  who: string
}

/** Does it to each; what could not be done stays selected, alone, with the reason. */
export async function runBatch({ orgId, verb, workspaces, said, who }: Batch): Promise<BatchResult> {
  const result = await doing(
    orgId,
    (asAct) => client.workspaces.batch.mutate({ orgId, verb, workspaces: [...workspaces], asAct }),
    ({ done, failed }) => {
      if (failed.length === 0) return `${said} ${who}`
      return done.length > 0 ? `${said} ${done.length} of ${workspaces.length}` : undefined
    },
  )
  const { failed } = result
  if (failed.length === 0) return result
  if (workspaces.length > 1) select(failed.map(({ workspaceId }) => workspaceId))
  const nameOf = namesIn(orgId)
  notify({
    id: 'batch',
    title:
      workspaces.length === 1 ? `Not done: ${nameOf(failed[0]?.workspaceId)}` : `Not done: ${listed(failed, nameOf)}`,
    detail: reasons(failed),
    tone: 'failed',
  })
  return result
}

type Failed = BatchResult['failed']

function listed(failed: Failed, nameOf: (id: string | undefined) => string): string {
  const names = failed.slice(0, 3).map(({ workspaceId }) => nameOf(workspaceId))
  return failed.length > 3 ? `${names.join(', ')} and ${failed.length - 3} more` : names.join(', ')
}

/** Each reason once. */
function reasons(failed: Failed): string {
  const said = new Set(failed.map(({ message, fix }) => [message, fix].filter(Boolean).join(' ')))
  return [...said].slice(0, 2).join(' ')
}

function namesIn(orgId: OrgId): (id: string | undefined) => string {
  const list = queryClient.getQueryData<WorkspaceList>(workspacesQuery(orgId).queryKey)
  const names = new Map<string, string>(list?.workspaces.map(({ id, name }) => [id, name]))
  return (id) => names.get(id ?? '') ?? 'a workspace that is gone'
}
