import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { services } from '#shared/secrets/services.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { whenIdle } from '../../kernel/when-idle.ts'
import { knownModelsOf } from './help/known-models.ts'
import type { Surroundings } from './help/surroundings.ts'

export type SurroundingsOf = {
  orgId: OrgId
  workspaceId: WorkspaceId
  goTo: Surroundings['goTo']
  makeSecret: NonNullable<Surroundings['makeSecret']>
}

const noWorkspaces: readonly Workspace[] = []

/** Keys of known services come first to mind, whether or not one is kept yet. */
const knownKeys = services.flatMap(({ keys }) => keys.slice(0, 1))

/** Reads what the texts of a workspace may name; what the person may not see is left out. */
export function useSurroundings({ orgId, workspaceId, goTo: onGoTo, makeSecret }: SurroundingsOf): Surroundings {
  // Callers pass a new one with each render; what hangs on these surroundings must not be made anew at each key.
  const latest = useRef(onGoTo)
  useEffect(() => {
    latest.current = onGoTo
  }, [onGoTo])
  const goTo = useCallback((id: WorkspaceId) => latest.current(id), [])
  const workspaces = useQuery(trpc.workspaces.list.queryOptions({ orgId })).data?.workspaces ?? noWorkspaces
  const orgs = useQuery(trpc.orgs.list.queryOptions())
  // The text comes first, and what is known about it when that is drawn.
  const [isDrawn, setIsDrawn] = useState(false)
  useEffect(() => whenIdle(() => setIsDrawn(true), 2_000), [])
  const later = { enabled: isDrawn, staleTime: 300_000 }
  const tools = useQuery({ ...trpc.tools.list.queryOptions({ orgId }), ...later })
  const catalogue = useQuery({ ...trpc.models.catalogue.queryOptions({ orgId }), ...later })
  const files = useQuery({ ...trpc.files.list.queryOptions({ orgId, workspaceId }), enabled: isDrawn })
  const mayReadSecrets = useMay(orgId, 'secrets.read')
  const secrets = useQuery({ ...trpc.secrets.list.queryOptions({ orgId }), enabled: isDrawn && mayReadSecrets })
  const mayKeep = useMay(orgId, 'secrets.workspace.write')
  const contactPolicy = orgs.data?.find(({ id }) => id === orgId)?.contactPolicy ?? 'direct'

  const models = useMemo(() => (catalogue.data ? knownModelsOf(catalogue.data) : []), [catalogue.data])
  const skills = useMemo(() => skillsOf(files.data ?? []), [files.data])
  const kept = useMemo(
    () => [...new Set([...(secrets.data?.secrets.map(({ name }) => name) ?? []), ...knownKeys])],
    [secrets.data],
  )
  const none = useMemo(() => [], [])
  const known = tools.data ?? none
  return useMemo(
    () => ({
      ...{ self: workspaceId, workspaces, contactPolicy, tools: known, models, secrets: kept, skills, goTo },
      makeSecret: mayKeep ? makeSecret : undefined,
    }),
    [workspaceId, workspaces, contactPolicy, known, models, kept, skills, goTo, mayKeep, makeSecret],
  )
}

/** A skill is a folder of the workspace that holds a SKILL.md. */
function skillsOf(files: readonly { path: string }[]): string[] {
  return files.flatMap(({ path }) => /^(?:.*\/)?([a-z0-9-]{1,64})\/SKILL\.md$/.exec(path)?.[1] ?? [])
}
