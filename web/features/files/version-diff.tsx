import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { FileVersion } from '#shared/files/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { IfMay } from '../../kernel/if-may.tsx'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { CodeEditor, DiffEditor } from '../../ui/code-editor.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { languageOf } from './language-of.ts'
import type { FileRef } from './use-file.ts'

export type VersionDiffProps = {
  file: FileRef
  version: number
  /** All there are, newest first. */
  versions: readonly FileVersion[]
  isRestoring: boolean
  onRestore: () => void
}

/** What a version changed against the one before, or what lies between it and any other. */
export function VersionDiff({ file, version, versions, isRestoring, onRestore }: VersionDiffProps) {
  const [against, setAgainst] = useState(version - 1)
  const isNewest = version === versions[0]?.version
  const [older, newer] = against < version ? [against, version] : [version, against]
  const left = useQuery({ ...trpc.files.read.queryOptions({ ...file, version: older }), enabled: older > 0 })
  const right = useQuery(trpc.files.read.queryOptions({ ...file, version: newer }))
  const error = left.error ?? right.error
  if (error) {
    const { message, fix } = readProblem(error)
    return <ErrorPanel title={message}>{fix}</ErrorPanel>
  }
  const leftText = older > 0 ? left.data?.text : ''
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <p className="min-w-0 flex-1 truncate text-12 text-fg-2">
          {older > 0
            ? `Version ${older} on the left, version ${newer} on the right`
            : `Version ${newer}, the first one`}
        </p>
        {versions.length > 1 && (
          <span className="w-56 shrink-0">
            <Select
              label={`Compare version ${version} with`}
              isLabelHidden
              value={String(against)}
              onChange={(chosen) => setAgainst(Number(chosen))}
              options={choices(version, versions)}
            />
          </span>
        )}
        {!isNewest && (
          <IfMay orgId={file.orgId} permission="files.edit">
            <Button size="small" icon={RotateCcw} isBusy={isRestoring} onClick={onRestore}>
              Restore version {version}
            </Button>
          </IfMay>
        )}
      </div>
      <div className="relative flex min-h-0 flex-1">
        {leftText === undefined || right.data === undefined ? (
          <div className="p-4 pl-14">
            <SkeletonLines count={5} label="Loading both versions" />
          </div>
        ) : older === 0 ? (
          <CodeEditor
            readOnly
            value={right.data.text}
            onChange={() => {}}
            language={languageOf(file.path)}
            path={`${file.workspaceId}/history/${version}/${file.path}`}
            label={`${file.path}, version ${newer}`}
          />
        ) : (
          <DiffEditor
            original={leftText}
            modified={right.data.text}
            language={languageOf(file.path)}
            label={`${file.path}, version ${older} and ${newer}`}
          />
        )}
      </div>
    </>
  )
}

function choices(version: number, versions: readonly FileVersion[]): { value: string; label: string }[] {
  const others = versions.filter((other) => other.version !== version)
  const named = others.map((other) => ({
    value: String(other.version),
    label:
      other.version === version - 1
        ? `with the one before (${other.version})`
        : `with version ${other.version}, ${other.savedBy}`,
  }))
  return version === 1 ? [{ value: '0', label: 'with nothing' }, ...named] : named
}
