import { useReactFlow, useStore } from '@xyflow/react'
import { Maximize, Minus, Plus, Redo2, Undo2 } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { redoLatest, undoLatest, useUndoables } from '../features/acts/index.ts'
import { isMacPlatform, keyCaps } from '../kernel/keys.ts'
import { IconButton } from '../ui/icon-button.tsx'

/** Zoom, fit, undo and redo, at the lower left. */
export function ZoomControls({ orgId, onFit }: { orgId: OrgId; onFit: () => void }) {
  const flow = useReactFlow()
  const { undo, redo } = useUndoables(orgId)
  return (
    <div
      role="toolbar"
      aria-label="View"
      className="absolute bottom-3 left-3 z-5 flex overflow-hidden rounded-6 border border-line-2 bg-raised shadow-card [&_button]:-ml-px [&_button]:rounded-none [&_button]:border-l [&_button]:border-line"
    >
      <IconButton icon={Minus} label="Zoom out" side="top" onClick={() => void flow.zoomOut()} />
      <Percent onReset={() => void flow.zoomTo(1)} />
      <IconButton icon={Plus} label="Zoom in" side="top" onClick={() => void flow.zoomIn()} />
      <IconButton
        icon={Maximize}
        label="Fit the whole org"
        keys={keyCaps('F', isMacPlatform())}
        side="top"
        onClick={onFit}
      />
      <IconButton
        icon={Undo2}
        label={undo === undefined ? 'Nothing to undo' : `Undo ${undo}`}
        keys={keyCaps('Mod+Z', isMacPlatform())}
        side="top"
        disabled={undo === undefined}
        onClick={() => void undoLatest(orgId)}
      />
      <IconButton
        icon={Redo2}
        label={redo === undefined ? 'Nothing to redo' : `Redo ${redo}`}
        keys={keyCaps('Mod+Shift+Z', isMacPlatform())}
        side="top"
        disabled={redo === undefined}
        onClick={() => void redoLatest(orgId)}
      />
    </div>
  )
}

function Percent({ onReset }: { onReset: () => void }) {
  const percent = useStore((state) => Math.round(state.transform[2] * 100))
  return (
    <button
      type="button"
      onClick={onReset}
      title="Zoom to 100 %"
      className="h-7 w-14 font-mono text-12 text-fg-2 hover:bg-hover"
    >
      {percent} %
    </button>
  )
}
