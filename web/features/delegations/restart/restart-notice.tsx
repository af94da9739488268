import { useMutation, useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useEffect } from 'react'
import { configPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { useMay } from '../../../kernel/may.ts'
import { trpc } from '../../../kernel/trpc.ts'
import { Button } from '../../../ui/button.tsx'
import { notify } from '../../../ui/toast.ts'
import { useActivity } from '../live-store.ts'
import { restartWords } from './restart-words.ts'

export type RestartNoticeProps = { orgId: OrgId; workspaceId: WorkspaceId }

/** "Needs restart": only where work in flight really keeps an older config, with the button that begins it afresh. */
export function RestartNotice({ orgId, workspaceId }: RestartNoticeProps) {
  const outdated = useQuery(trpc.delegations.outdated.queryOptions({ orgId, workspaceId }))
  const config = useQuery(trpc.files.read.queryOptions({ orgId, workspaceId, path: configPath }))
  const { running, queued, waitingOn } = useActivity(workspaceId)
  const mayRestart = useMay(orgId, 'delegations.steer')
  const { refetch } = outdated
  const version = config.data?.file.version
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the config is saved or work begins and ends.
  useEffect(() => {
    if (version !== undefined) void refetch()
  }, [version, running, queued, waitingOn.given, refetch])
  const restart = useMutation(
    trpc.delegations.restart.mutationOptions({
      onSuccess: ({ delegationIds }) => {
        void refetch()
        const count = delegationIds.length
        notify({ title: count === 1 ? 'It begins afresh' : `${count} delegations begin afresh`, tone: 'done' })
      },
      onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
    }),
  )
  const work = outdated.data?.work ?? []
  if (work.length === 0) return null
  const { says, does } = restartWords(work)
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 border-b border-line bg-waiting-soft px-4 py-1.5">
      <p className="min-w-60 flex-1 text-13 text-pretty">
        <strong className="font-medium">Needs restart.</strong> {says}
      </p>
      {mayRestart && (
        <Button
          size="small"
          icon={RotateCcw}
          isBusy={restart.isPending}
          onClick={() =>
            restart.mutate({ orgId, workspaceId, delegationIds: work.map(({ delegationId }) => delegationId) })
          }
        >
          {does}
        </Button>
      )}
    </div>
  )
}
