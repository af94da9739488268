import { useEffect } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'

/** Should it not come, nobody knows that this page is here, and nothing else depends on it. */
const loadMyPlace = () => import('./my-place.ts').catch(() => undefined)

/** Lets the others see which workspace is selected here. */
export function useHere(orgId: OrgId, workspaceId: WorkspaceId | null): void {
  useEffect(() => {
    const life = new AbortController()
    const { signal } = life
    void loadMyPlace().then((mine) => {
      if (mine && !signal.aborted) signal.addEventListener('abort', mine.beAt(orgId, workspaceId))
    })
    return () => life.abort()
  }, [orgId, workspaceId])
  useEffect(() => () => void loadMyPlace().then((mine) => mine?.beGone(orgId)), [orgId])
}
