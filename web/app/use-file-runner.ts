import { useMemo } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { unsavedTexts } from '../features/files/index.ts'
import { languageOfPath } from '../features/sandbox/program.ts'
import { useMay } from '../kernel/may.ts'
import { notify } from '../ui/toast.ts'

/** Runs files of a workspace in the sandbox, as they stand in this page. What runs them is fetched when it is first asked for. */
export function useFileRunner(orgId: OrgId, workspaceId: WorkspaceId | undefined) {
  const mayKeep = useMay(orgId, 'runs.record')
  return useMemo(() => {
    if (workspaceId === undefined) return undefined
    return {
      can: (path: string) => languageOfPath(path) !== undefined,
      run: (path: string) =>
        void import('../features/sandbox/run-file.ts').then(
          (part) => part.runFile({ orgId, workspaceId, path, mayKeep, unsaved: unsavedTexts(workspaceId) }),
          () =>
            notify({
              title: `${path} cannot be run`,
              detail: 'The page could not load what runs it. Reload the page.',
            }),
        ),
    }
  }, [orgId, workspaceId, mayKeep])
}
