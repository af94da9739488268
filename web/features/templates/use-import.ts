import { useCallback, useEffect, useRef, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { EnvEntry } from '#shared/secrets/parse-env.ts'
import type { ImportId, ImportSource, ShownPlan } from '#shared/templates/import.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { callImport } from './call-import.ts'
import type { Dropped } from './dropped.ts'
import { NotAZip } from './not-a-zip.ts'
import { NotATemplate, readDropped } from './read-dropped.ts'
import { newImportId, settle } from './settle.ts'

export type ImportProblem = { message: string; fix?: string }

export type ImportStage =
  | { at: 'choosing'; problem?: ImportProblem }
  | { at: 'reading'; name: string }
  | { at: 'planned'; plan: ShownPlan; problem?: ImportProblem }
  | { at: 'applying'; plan: ShownPlan; done: number; total: number; startedAt: number; isEnding: boolean }
  | { at: 'applied'; plan: ShownPlan }

type Asked = { source: ImportSource; env: readonly EnvEntry[] }

/** An import from its choice to its end. What is asked for is kept, so that the plan is carried out as it was shown. */
export function useImport(orgId: OrgId) {
  const [stage, setStage] = useState<ImportStage>({ at: 'choosing' })
  const asked = useRef<Asked>({ source: { kind: 'folder', files: [] }, env: [] })
  const running = useRef<ImportId | undefined>(undefined)
  const isOpen = useRef(true)
  useEffect(() => {
    isOpen.current = true
    return () => {
      isOpen.current = false
    }
  }, [])

  const show = useCallback((next: ImportStage) => {
    if (isOpen.current) setStage(next)
  }, [])

  const plan = useCallback(
    async (name: string, read: () => Promise<Asked>) => {
      show({ at: 'reading', name })
      try {
        asked.current = await read()
        const request = { id: newImportId(), act: 'plan', source: asked.current.source } as const
        const said = await callImport(orgId, request, () => {})
        if (said.kind === 'planned') return show({ at: 'planned', plan: said.plan })
        if (said.kind === 'refused') show({ at: 'choosing', problem: said.error })
      } catch (error) {
        show({ at: 'choosing', problem: problemOf(error) })
      }
    },
    [orgId, show],
  )

  const planDropped = useCallback((dropped: Dropped) => plan(dropped.name, () => readDropped(dropped)), [plan])
  const planLibrary = useCallback(
    (slug: string, name: string) => plan(name, async () => ({ source: { kind: 'library', slug }, env: [] })),
    [plan],
  )

  async function apply(planned: ShownPlan): Promise<{ id: ImportId; plan: ShownPlan } | undefined> {
    const id = newImportId()
    running.current = id
    const begun = { plan: planned, total: changesOf(planned), startedAt: performance.now() }
    const progress = (done: number, total: number) =>
      setStage((now) => (now.at === 'applying' ? { ...now, done, total } : now))
    show({ ...begun, at: 'applying', done: 0, isEnding: false })
    try {
      const said = await callImport(orgId, { id, act: 'apply', source: asked.current.source }, progress)
      if (said.kind === 'applied' && said.plan.errors.length === 0) {
        show({ at: 'applied', plan: said.plan })
        return { id, plan: said.plan }
      }
      if (said.kind === 'applied') show({ at: 'planned', plan: said.plan })
      if (said.kind === 'refused') show({ at: 'planned', plan: planned, problem: said.error })
      if (said.kind === 'cancelled') show({ at: 'planned', plan: planned, problem: ended })
      return undefined
    } catch (error) {
      // The answer was lost, not necessarily the import: the server is asked what became of it.
      const outcome = await settle(orgId, id)
      if (outcome === 'done') {
        show({ at: 'applied', plan: planned })
        return { id, plan: planned }
      }
      const problem =
        outcome === 'cancelled' ? { ...problemOf(error), fix: 'Nothing was changed. Try again.' } : problemOf(error)
      show({ at: 'planned', plan: planned, problem })
      return undefined
    } finally {
      running.current = undefined
    }
  }

  /** Ends what is under way; the answer of the import itself says how it went. */
  async function end(): Promise<void> {
    setStage((now) => (now.at === 'applying' ? { ...now, isEnding: true } : now))
    if (running.current) await settle(orgId, running.current)
  }

  return {
    stage,
    env: () => asked.current.env,
    planDropped,
    planLibrary,
    apply,
    end,
    back: () => setStage({ at: 'choosing' }),
  }
}

const ended: ImportProblem = { message: 'The import was ended. Nothing was changed.' }

export function changesOf({ workspaces }: ShownPlan): number {
  return workspaces.filter(({ action }) => action !== 'keep').length
}

function problemOf(error: unknown): ImportProblem {
  if (error instanceof NotATemplate) return { message: error.message, fix: error.fix }
  if (error instanceof NotAZip)
    return { message: error.message, fix: 'Make the .zip again, or choose the folder itself.' }
  if (error instanceof DOMException) {
    return {
      message: 'A file could not be read.',
      fix: 'Check that it is still there and that you may read it, then choose again.',
    }
  }
  const { message, fix } = readProblem(error)
  return { message, ...(fix && { fix }) }
}
