import { useMutation, useQuery } from '@tanstack/react-query'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { readProblem } from '#web/kernel/app-error.ts'
import { client, queryClient, trpc } from '#web/kernel/trpc.ts'
import { notify } from '#web/ui/toast.ts'
import { pageRunner } from '../runner.ts'

type Place = { orgId: OrgId; workspaceId: WorkspaceId; path: string }
export type Standing = { version: number; text: string }

/** The file as the workspace has it now; version 0 where it has none. */
export function useStanding(place: Place) {
  return useQuery({
    queryKey: [...trpc.files.pathKey(), 'standing', place],
    staleTime: 0,
    queryFn: async (): Promise<Standing> => {
      try {
        const { file, text } = await client.files.read.query(place)
        return { version: file.version, text }
      } catch (error) {
        if (readProblem(error).code === 'not-found') return { version: 0, text: '' }
        throw error
      }
    },
  })
}

/** Saves a text as the next version of what was looked at; what somebody saved meanwhile is a conflict, never overwritten. */
export function useSaveResult(place: Place, workspaceName: string, onSaved: () => void) {
  return useMutation({
    mutationFn: ({ text, baseVersion }: { text: string; baseVersion: number }) =>
      client.files.save.mutate({ ...place, text, baseVersion }),
    onSuccess: ({ file: { version } }, { text }) => {
      pageRunner.noteSaved(place.orgId, place.path, text)
      void queryClient.invalidateQueries({ queryKey: trpc.files.pathKey() })
      notify({ title: `Saved ${place.path} to ${workspaceName}`, detail: `It is version ${version}.`, tone: 'done' })
      onSaved()
    },
  })
}
