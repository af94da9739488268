import { useQuery } from '@tanstack/react-query'
import { FolderOpen, FolderX } from 'lucide-react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Mount } from '#shared/workspaces/mounts.ts'
import { trpc } from '../../kernel/trpc.ts'

/** What its config grants it of the files of others, and who reaches its own. Nothing where there is neither. */
export function MountsBlock({ orgId, workspaceId }: { orgId: OrgId; workspaceId: WorkspaceId }) {
  const list = useQuery({ ...trpc.workspaces.mounts.queryOptions({ orgId, workspaceId }), staleTime: 0 })
  if (!list.data || list.data.mounts.length + list.data.reachedBy.length === 0) return null
  const { mounts, reachedBy } = list.data
  return (
    <section aria-label="Files of others" className="border-t border-line px-4 py-3">
      {mounts.length > 0 && <h3 className="text-12 text-fg-2">Reaches files of</h3>}
      <ul className="mt-1 flex flex-col gap-1.5">
        {mounts.map((mount) => (
          <li key={`${mount.mount} ${mount.asked}`} className="flex gap-2 text-13">
            {mount.isOpen ? (
              <FolderOpen size={14} strokeWidth={1.75} aria-hidden className="mt-[3px] shrink-0 text-fg-3" />
            ) : (
              <FolderX size={14} strokeWidth={1.75} aria-hidden className="mt-[3px] shrink-0 text-danger" />
            )}
            <span className="min-w-0 break-words">
              {mount.isOpen ? mount.name : mount.asked}
              <span className="block text-12 text-pretty text-fg-2">
                {mount.isOpen ? `${modeWords(mount)}, as ` : `Closed: ${mount.why}.`}
                {mount.isOpen && <span className="font-mono">mounts/{mount.mount}/</span>}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {reachedBy.length > 0 && <h3 className="mt-3 text-12 text-fg-2">Its files are reached by</h3>}
      <ul className="mt-1 flex flex-col gap-1">
        {reachedBy.map((one) => (
          <li key={`${one.workspaceId} ${one.mode}`} className="text-13 break-words">
            {one.name} <span className="text-12 text-fg-2">{modeWords(one)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function modeWords({ mode, paths }: Pick<Mount, 'mode' | 'paths'>): string {
  const verb = mode === 'read_write' ? 'reads and writes' : 'reads'
  return `${verb} ${paths === null ? 'all but prompt and config' : paths.join(', ')}`
}
