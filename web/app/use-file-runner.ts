import { useMemo } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { unsavedTexts } from '../features/files/index.ts'
import { languageNamed, languageOfPath } from '../features/sandbox/program.ts'
import { useMay } from '../kernel/may.ts'
import type { CodePiece } from '../ui/code-acts.ts'
import { notify } from '../ui/toast.ts'

/** Runs files of a workspace and the code in them in the sandbox, as they stand in this page. What runs them is fetched when it is first asked for. */
export function useFileRunner(orgId: OrgId, workspaceId: WorkspaceId | undefined) {
  const mayKeep = useMay(orgId, 'runs.record')
  return useMemo(() => {
    if (workspaceId === undefined) return undefined
    return {
      can: (path: string) => languageOfPath(path) !== undefined,
      run: (path: string) =>
        void import('../features/sandbox/run-file.ts').then(
          (part) => part.runFile({ orgId, workspaceId, path, mayKeep, unsaved: unsavedTexts(workspaceId) }),
          () => tellNotLoaded(path),
        ),
      knows: (language: string) => languageNamed(language) !== undefined,
      open: (piece: CodePiece) =>
        void import('../features/sandbox/open-code.ts').then(
          (part) => part.openCode(orgId, piece),
          () => tellNotLoaded('This code'),
        ),
    }
  }, [orgId, workspaceId, mayKeep])
}

function tellNotLoaded(what: string): void {
  notify({ title: `${what} cannot be run`, detail: 'The page could not load what runs it. Reload the page.' })
}
