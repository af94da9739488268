import { FileText, TextCursorInput, X } from 'lucide-react'
import { useState } from 'react'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { Button } from '#web/ui/button.tsx'
import { IconButton } from '#web/ui/icon-button.tsx'
import { Popover } from '#web/ui/popover.tsx'
import { TextareaField } from '#web/ui/textarea-field.tsx'
import type { Program } from './program.ts'

export type BesideBarProps = {
  program: Program
  home: Workspace | undefined
  onStdin: (stdin: string) => void
  onDrop: () => void
}

/** From where the program came, and what lies beside it: its files and what it reads. Nothing for a bare snippet. */
export function BesideBar({ program, home, onStdin, onDrop }: BesideBarProps) {
  const { path, files, stdin, origin, recorded } = program
  const beside = Object.keys(files).filter((each) => each !== path)
  if (path === null && beside.length === 0 && stdin === '' && origin === null) return null
  const from = home?.name ?? (origin?.kind === 'step' && recorded ? `what ${recorded.by} ran` : undefined)
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface-2 px-4 py-1 text-12">
      <span className="flex min-w-0 items-center gap-1.5">
        <FileText size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-2" />
        <span className="truncate font-mono" title={path ?? undefined}>
          {path ?? 'Program'}
        </span>
        {from !== undefined && <span className="truncate text-fg-2">from {from}</span>}
      </span>
      {beside.length > 0 && (
        <Popover
          label="Files beside it"
          align="start"
          trigger={
            <Button size="small" tone="ghost">
              {beside.length === 1 ? '1 file beside it' : `${beside.length} files beside it`}
            </Button>
          }
        >
          <ul className="flex flex-col gap-1 font-mono text-12">
            {beside.map((each) => (
              <li key={each} className="break-all">
                {each}
              </li>
            ))}
          </ul>
        </Popover>
      )}
      <Stdin key={`${path} ${origin?.kind}`} stdin={stdin} onStdin={onStdin} />
      <span className="ml-auto">
        <IconButton icon={X} label="Keep the code alone, as a snippet" size="small" onClick={onDrop} />
      </span>
    </div>
  )
}

function Stdin({ stdin, onStdin }: { stdin: string; onStdin: (stdin: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Popover
      label="What it reads"
      align="start"
      width="wide"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" tone="ghost" icon={TextCursorInput}>
          {stdin === '' ? 'Reads nothing' : `Reads ${stdin.length.toLocaleString('en')} characters`}
        </Button>
      }
    >
      <TextareaField label="Standard input" rows={6} value={stdin} onChange={onStdin} />
    </Popover>
  )
}
