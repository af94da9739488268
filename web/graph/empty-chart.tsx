import { Network, Plus, Redo2, Undo2 } from 'lucide-react'
import { Suspense } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { redoLatest, undoLatest, useUndoables } from '../features/acts/index.ts'
import { StartCards } from '../features/onboarding/index.ts'
import { askTemplates } from '../features/templates/index.ts'
import { askWorkspace } from '../features/workspaces/index.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { useFirstPaste } from './use-first-paste.ts'

type EmptyChartProps = { orgId: OrgId; mayCreate: boolean; mayImport: boolean }

/** One may draw a team or take one that is there; who may do neither is told what will come. */
export function EmptyChart({ orgId, mayCreate, mayImport }: EmptyChartProps) {
  useFirstPaste(orgId, mayCreate)
  const create = () => askWorkspace({ kind: 'create', parentId: null })
  if (mayCreate && mayImport) {
    return (
      <div className="flex min-h-0 flex-1 flex-col items-center justify-center-safe gap-1 overflow-y-auto p-6 text-center">
        <p className="text-15 font-semibold">This org has no workspace yet</p>
        <p className="mb-4 max-w-130 text-pretty text-fg-2">
          A workspace is a role that an agent fills. Start with a lead, or with a small team that works at once.
        </p>
        <WayBack orgId={orgId} />
        <Suspense>
          <StartCards
            onChoose={({ slug, name }) => askTemplates({ kind: 'import', from: { kind: 'library', slug, name } })}
            blank={{ title: 'New workspace', about: 'One role; the others report to it.', run: create }}
          />
        </Suspense>
      </div>
    )
  }
  return (
    <EmptyState
      icon={Network}
      title="This org has no workspace yet"
      action={
        mayCreate && (
          <div className="flex flex-col items-center gap-3">
            <WayBack orgId={orgId} />
            <Button tone="primary" icon={Plus} onClick={create}>
              New workspace
            </Button>
          </div>
        )
      }
    >
      A workspace is a role that an agent fills.{' '}
      {mayCreate ? 'Start with a lead; the others report to it.' : 'Members add them; you see them here as they come.'}
    </EmptyState>
  )
}

/** Whoever emptied the chart gets it back here: the buttons of the graph went with its last card. */
function WayBack({ orgId }: { orgId: OrgId }) {
  const { undo, redo } = useUndoables(orgId)
  if (undo === undefined && redo === undefined) return null
  return (
    <div className="mb-4 flex max-w-full flex-wrap justify-center gap-2">
      {undo !== undefined && (
        <Button icon={Undo2} className="max-w-full" onClick={() => void undoLatest(orgId)}>
          <span className="truncate">Undo {undo}</span>
        </Button>
      )}
      {redo !== undefined && (
        <Button icon={Redo2} className="max-w-full" onClick={() => void redoLatest(orgId)}>
          <span className="truncate">Redo {redo}</span>
        </Button>
      )}
    </div>
  )
}
