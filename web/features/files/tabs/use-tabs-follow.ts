import { useEffect } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { notify } from '../../../ui/toast.ts'
import { heldHere } from '../../drafts/index.ts'
import { listenForRenames } from '../renames.ts'
import { isUnsaved, keepUnsavedOf } from '../unsaved.ts'
import type { OpenTabs, TabsAction } from './open-tabs.ts'

export type TabsFollowProps = {
  workspaceId: WorkspaceId
  /** The files there are; undefined while they are not known. */
  paths: readonly string[] | undefined
  tabs: OpenTabs
  dispatch: (action: TabsAction) => void
}

/** What is done to files elsewhere is done to their tabs: they go along with a new path, and close with a file that is gone. */
export function useTabsFollow({ workspaceId, paths, tabs, dispatch }: TabsFollowProps): void {
  useEffect(() => {
    if (!paths) return
    const open = tabs.groups.flatMap((group) => group.tabs)
    // A text nobody saved stays open, so that it can be copied.
    const isKept = (path: string) => isUnsaved(workspaceId, path) || heldHere({ workspaceId, path }) !== undefined
    const gone = open.filter((path) => !paths.includes(path) && !isKept(path))
    if (gone.length > 0) dispatch({ type: 'gone', paths: gone })
    keepUnsavedOf(workspaceId, [...paths, ...open])
  }, [paths, tabs, workspaceId, dispatch])

  useEffect(
    () =>
      listenForRenames(workspaceId, ({ from, to, stays }) => {
        if (!stays) return dispatch({ type: 'renamed', from, to })
        notify({
          id: `renamed/${workspaceId}/${from}`,
          title: `${from} is now ${to}`,
          detail:
            'What you typed is still open under the old name, where it cannot be saved. Compare the two and copy what is missing.',
          action: { label: `Open ${to}`, run: () => dispatch({ type: 'opened', path: to }) },
        })
      }),
    [workspaceId, dispatch],
  )
}
