import { useMemo } from 'react'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { usePaletteSource } from '../kernel/palette-sources.ts'

export type OrgPaletteProps = { workspaces: readonly Workspace[]; onSelect: (id: WorkspaceId) => void }

/** Offers the org's workspaces in the palette; draws nothing. */
export function OrgPalette({ workspaces, onSelect }: OrgPaletteProps) {
  const source = useMemo(
    () => ({
      id: 'workspaces',
      group: 'Workspaces',
      search: (query: string) => {
        const wanted = query.trim().toLowerCase()
        const found = workspaces.filter(({ name, role }) => `${name} ${role}`.toLowerCase().includes(wanted))
        return found.slice(0, 50).map(({ id, name, role }) => ({
          id,
          title: name,
          hint: role,
          run: () => onSelect(id),
        }))
      },
    }),
    [workspaces, onSelect],
  )
  usePaletteSource(source)
  return null
}
