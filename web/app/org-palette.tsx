import { skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { type PaletteSource, usePaletteSource } from '../kernel/palette-sources.ts'
import { trpc } from '../kernel/trpc.ts'
import { useOverlay } from './palette-state.ts'
import { PlaceCommands } from './place-commands.tsx'
import { fileLines, workLines, workspaceLines } from './place-lines.ts'
import type { DockTab } from './search-params.ts'

export type OrgPaletteProps = {
  orgId: OrgId
  workspaces: readonly Workspace[]
  selectedId: WorkspaceId | null
  onSelect: (id: WorkspaceId) => void
  onFile: (id: WorkspaceId, tab: DockTab, path: string) => void
  onWork: (id: WorkspaceId, delegationId: string) => void
}

/** Offers the org's workspaces, the open work, the files and the places in the palette; draws nothing. */
export function OrgPalette({ orgId, workspaces, selectedId, onSelect, onFile, onWork }: OrgPaletteProps) {
  const isOpen = useOverlay() === 'palette'
  const work = useQuery(trpc.delegations.list.queryOptions(isOpen ? { orgId, limit: 100 } : skipToken)).data
  const wanted = isOpen && selectedId !== null ? { orgId, workspaceId: selectedId } : skipToken
  const files = useQuery(trpc.files.list.queryOptions(wanted)).data

  const places = useMemo((): PaletteSource => {
    const search = (query: string) => workspaceLines(workspaces, query, onSelect)
    return { id: 'workspaces', group: 'Workspaces', search }
  }, [workspaces, onSelect])
  const open = useMemo((): PaletteSource => {
    const names = new Map(workspaces.map(({ id, name }) => [String(id), name]))
    return { id: 'work', group: 'Open work', search: (query) => workLines(work ?? [], names, query, onWork) }
  }, [workspaces, work, onWork])
  const texts = useMemo((): PaletteSource => {
    const known = { workspaces, selectedId, paths: (files ?? []).map(({ path }) => path) }
    return { id: 'files', group: 'Files', search: (query) => fileLines(known, query, onFile) }
  }, [workspaces, selectedId, files, onFile])

  usePaletteSource(places)
  usePaletteSource(open)
  usePaletteSource(texts)
  return <PlaceCommands orgId={orgId} />
}
