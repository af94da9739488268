import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { standingQuery } from './cache.ts'
import { pageActs } from './page-acts.ts'
import { latestUndoable } from './undo.ts'

/** The names of what could be undone and redone now, e.g. "move of Researcher". */
export function useUndoables(orgId: OrgId): { undo: string | undefined; redo: string | undefined } {
  const { data } = useQuery(standingQuery(orgId))
  useSyncExternalStore(pageActs.subscribe, () => pageActs.latest(orgId))
  return { undo: latestUndoable(orgId)?.act.name, redo: data?.redo?.name }
}
