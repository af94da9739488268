import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import type { FileVersion } from '#shared/files/contract.ts'
import { type Problem, readProblem } from '../../kernel/app-error.ts'
import { IfMay } from '../../kernel/if-may.tsx'
import { useMay } from '../../kernel/may.ts'
import { trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { CodeEditor, DiffEditor } from '../../ui/code-editor.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select } from '../../ui/select.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { useTextNow } from '../drafts/index.ts'
import { comparedSides, comparisonChoices, readChoice, type Side, sayComparison } from './compared-sides.ts'
import { languageOf } from './language-of.ts'
import type { FileRef } from './use-file.ts'

export type VersionDiffProps = {
  file: FileRef
  version: number
  /** All there are, newest first. */
  versions: readonly FileVersion[]
  /** The person chose what to compare with: from now on this version is meant, whatever is saved after. */
  onCompare: () => void
  isRestoring: boolean
  onRestore: () => void
}

/** What a version changed against the one before, or what lies between it and any other, or the text nobody saved yet. */
export function VersionDiff({ file, version, versions, onCompare, isRestoring, onRestore }: VersionDiffProps) {
  const [against, setAgainst] = useState<Side>(version - 1)
  const isNewest = version === versions[0]?.version
  const sides = comparedSides(version, against)
  const left = useVersionText(file, sides.left)
  const right = useSideText(file, sides.right)
  const problem = left.problem ?? right.problem
  if (problem) return <ErrorPanel title={problem.message}>{problem.fix}</ErrorPanel>
  return (
    <>
      <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
        <p className="min-w-0 flex-1 truncate text-12 text-fg-2">{sayComparison(sides)}</p>
        <span className="w-56 shrink-0">
          <Select
            label={`Compare version ${version} with`}
            isLabelHidden
            value={String(against)}
            onChange={(chosen) => {
              setAgainst(readChoice(chosen))
              onCompare()
            }}
            options={comparisonChoices(version, versions)}
          />
        </span>
        {!isNewest && (
          <IfMay orgId={file.orgId} permission="files.edit">
            <Button size="small" icon={RotateCcw} isBusy={isRestoring} onClick={onRestore}>
              Restore version {version}
            </Button>
          </IfMay>
        )}
      </div>
      <div className="relative flex min-h-0 flex-1">
        {left.text === undefined || right.text === undefined ? (
          <div className="p-4 pl-14">
            <SkeletonLines count={5} label="Loading both texts" />
          </div>
        ) : sides.left === 0 ? (
          <CodeEditor
            readOnly
            value={right.text}
            onChange={() => {}}
            language={languageOf(file.path)}
            path={`${file.workspaceId}/history/${version}/${file.path}`}
            label={`${file.path}, version ${sides.right}`}
          />
        ) : (
          <DiffEditor
            original={left.text}
            modified={right.text}
            language={languageOf(file.path)}
            label={`${file.path}, version ${sides.left} and ${sides.right}`}
          />
        )}
      </div>
    </>
  )
}

type LoadedText = { text: string | undefined; problem: Problem | undefined }

function useSideText(file: FileRef, side: Side): LoadedText {
  const isNow = side === 'now'
  const now = useTextNow(file, useMay(file.orgId, 'files.edit'), isNow)
  const saved = useVersionText(file, isNow ? 0 : side)
  if (!isNow) return saved
  return {
    text: now.phase === 'open' ? now.text : undefined,
    problem: now.phase === 'problem' ? now.problem : undefined,
  }
}

/** Of version 0 the text is empty. */
function useVersionText(file: FileRef, version: number): LoadedText {
  const { data, error } = useQuery({ ...trpc.files.read.queryOptions({ ...file, version }), enabled: version > 0 })
  return { text: version > 0 ? data?.text : '', problem: error ? readProblem(error) : undefined }
}
