import { useMutation, useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Route } from '#shared/notify/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { notify } from '../../ui/toast.ts'
import { offerUndo } from '../acts/index.ts'
import { useWorkspaces } from '../workspaces/index.ts'
import { RouteForm } from './route-form.tsx'
import { targetWords } from './words.ts'

/** Who hears of what agents tell by `notify`: by category, people or workspaces. */
export function NotifySection({ orgId }: { orgId: OrgId }) {
  const routes = useQuery({ ...trpc.notify.routes.queryOptions({ orgId }), staleTime: 0 })
  const workspaces = useWorkspaces(orgId)
  const mayWrite = useMay(orgId, 'notify.routes.write')
  const remove = useRemoveRoute(orgId)
  if (!routes.data) {
    if (!routes.error) {
      return (
        <div className="p-4">
          <SkeletonLines count={4} label="Loading who hears of what" />
        </div>
      )
    }
    const { message, fix } = readProblem(routes.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void routes.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-4">
      <p className="text-13 text-pretty text-fg-2">
        Agents tell what matters by category. People find it at their bell; a workspace is given it as a task. The
        category <span className="font-mono text-12">general</span> is always there and goes to everybody, unless a line
        here says otherwise. A workspace's own config goes before all of this.
      </p>
      {routes.data.length > 0 && (
        <table aria-label="Who hears of what" className="w-full text-left text-13">
          <thead>
            <tr className="text-12 text-fg-2">
              <th className={cell}>Category</th>
              <th className={cell}>Goes to</th>
              {mayWrite && (
                <th className={cell}>
                  <span className="sr-only">Acts</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {routes.data.map((route) => {
              const to = targetWords(route.to, workspaces)
              return (
                <tr key={route.id} className="border-t border-line align-top">
                  <td className={`${cell} w-1/2 wrap-anywhere`}>{route.category}</td>
                  <td className={`${cell} wrap-anywhere`}>{to}</td>
                  {mayWrite && (
                    <td className="w-10 py-1.5 text-right">
                      <IconButton
                        icon={Trash2}
                        size="small"
                        label={`Remove: ${route.category} to ${to}`}
                        disabled={remove.isPending}
                        onClick={() => remove.mutate(route)}
                      />
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {mayWrite ? (
        <RouteForm orgId={orgId} workspaces={workspaces} />
      ) : (
        <p className="text-12 text-fg-2">Admins and owners change where word goes.</p>
      )}
    </div>
  )
}

function useRemoveRoute(orgId: OrgId) {
  return useMutation({
    mutationFn: ({ id }: Route) => client.notify.removeRoute.mutate({ orgId, id }),
    onSuccess: async (_, { category, to }) => {
      offerUndo('Route removed', {
        orgId,
        name: `removal of the route of ${category}`,
        undo: async () => {
          await client.notify.addRoute.mutate({ orgId, category, to })
          await readAgain()
        },
      })
      await readAgain()
    },
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
}

async function readAgain(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: trpc.notify.pathKey() })
}

const cell = 'py-2 pr-3 font-normal'
