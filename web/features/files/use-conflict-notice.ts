import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { configPath, promptPath } from '#shared/files/paths.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { noticeHere } from '../../kernel/noticed.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import type { FileRef } from './use-file.ts'

type Theirs = { version: number; savedBy: string }

/** Keeps with the notices that somebody saved the same lines first: who turns away from it finds the way back there. */
export function useConflictNotice({ orgId, workspaceId, path }: FileRef, theirs: Theirs | null | undefined): void {
  const navigate = useNavigate()
  const version = theirs?.version
  const savedBy = theirs?.savedBy
  useEffect(() => {
    if (version === undefined || savedBy === undefined) return
    const dock = path === promptPath ? 'prompt' : path === configPath ? 'config' : 'files'
    noticeHere({
      id: `conflict.${workspaceId}.${path}`,
      orgId,
      kind: 'conflict',
      tone: 'waiting',
      title: `${savedBy} saved ${path} of ${nameOf(orgId, workspaceId)} before you, in the same lines. Your text is kept.`,
      isInSight: true,
      act: {
        label: 'Compare',
        run: () =>
          void navigate({
            to: '/o/$orgId',
            params: { orgId },
            search: (before) => ({ ...before, w: workspaceId, dock }),
          }),
      },
    })
  }, [version, savedBy, orgId, workspaceId, path, navigate])
}

function nameOf(orgId: OrgId, workspaceId: string): string {
  const known = queryClient.getQueryData(trpc.workspaces.list.queryKey({ orgId }))
  return known?.workspaces.find(({ id }) => id === workspaceId)?.name ?? 'a workspace'
}
