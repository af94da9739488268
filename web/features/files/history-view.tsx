import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FileVersion } from '#shared/files/contract.ts'
import { promptPath } from '#shared/files/paths.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { client, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { notify } from '../../ui/toast.ts'
import { doing } from '../acts/index.ts'
import { VersionDiff } from './version-diff.tsx'

export type HistoryViewProps = { orgId: OrgId; workspaceId: WorkspaceId }

/** Every version of a file with author, time and difference; an older one can be brought back as a new version. */
export function HistoryView({ orgId, workspaceId }: HistoryViewProps) {
  const [path, setPath] = useState(promptPath)
  const [chosen, setChosen] = useState<number>()
  const files = useQuery(trpc.files.list.queryOptions({ orgId, workspaceId }))
  const versions = useQuery(trpc.files.versions.queryOptions({ orgId, workspaceId, path }))
  const restore = useMutation({
    mutationFn: (version: number) =>
      doing(
        orgId,
        (asAct) => client.files.restore.mutate({ orgId, workspaceId, path, version, asAct }),
        (made) => `Version ${version} is back as version ${made.file.version}`,
      ),
    onSuccess: () => setChosen(undefined),
    onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
  })
  if (versions.error && !versions.data) {
    const { message, fix } = readProblem(versions.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void versions.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  const newest = versions.data?.[0]?.version ?? 0
  const shown = chosen ?? newest
  return (
    <div className="flex min-h-0 flex-1 flex-col wide:flex-row">
      <div className="flex max-h-44 shrink-0 flex-col border-line max-wide:border-b wide:max-h-none wide:w-72 wide:border-r">
        <div className="border-b border-line px-3 py-2">
          <Select
            label="File"
            value={path}
            onChange={(next) => {
              setPath(next)
              setChosen(undefined)
            }}
            options={(files.data ?? []).map((file) => ({ value: file.path, label: file.path }))}
          />
        </div>
        <ol aria-label={`Versions of ${path}`} className="min-h-0 flex-1 overflow-y-auto p-2">
          {!versions.data && (
            <li className="p-2">
              <SkeletonLines count={4} label="Loading the versions" />
            </li>
          )}
          {versions.data?.map((version) => (
            <li key={version.version}>
              <VersionRow version={version} isShown={version.version === shown} onShow={setChosen} />
            </li>
          ))}
        </ol>
      </div>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {shown > 0 && (
          <VersionDiff
            key={`${path}/${shown}`}
            file={{ orgId, workspaceId, path }}
            version={shown}
            versions={versions.data ?? []}
            onCompare={() => setChosen(shown)}
            isRestoring={restore.isPending}
            onRestore={() => restore.mutate(shown)}
          />
        )}
      </div>
    </div>
  )
}

type VersionRowProps = { version: FileVersion; isShown: boolean; onShow: (version: number) => void }

function VersionRow({ version, isShown, onShow }: VersionRowProps) {
  return (
    <button
      type="button"
      aria-current={isShown ? 'true' : undefined}
      onClick={() => onShow(version.version)}
      className={classes(
        'flex w-full flex-col gap-0.5 rounded-6 px-2 py-1.5 text-left',
        isShown ? 'bg-accent-soft' : 'hover:bg-hover',
      )}
    >
      <span className="flex w-full items-center gap-2 text-13">
        <span className="font-medium tabular-nums">Version {version.version}</span>
        {version.restoredFrom !== null && <span className="text-12 text-fg-2">restores {version.restoredFrom}</span>}
        <span className="ml-auto font-mono text-12 tabular-nums">
          {/* On the tint of the chosen row the colours would be too pale; the signs say it too. */}
          <span className={isShown ? '' : 'text-state-completed'}>+{version.linesAdded}</span>{' '}
          <span className={isShown ? '' : 'text-state-failed'}>−{version.linesRemoved}</span>
        </span>
      </span>
      <span className="flex w-full gap-2 text-12 text-fg-2">
        <span className="truncate">{version.savedBy}</span>
        <span className="ml-auto">
          <TimeAgo at={version.savedAt} />
        </span>
      </span>
    </button>
  )
}
