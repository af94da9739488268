import { useEffect } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { ShownPlan } from '#shared/templates/import.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { tellDone } from '../acts/index.ts'
import type { TemplateQuestion } from './ask.ts'
import { ChooseTemplate } from './choose-template.tsx'
import { ImportDone } from './import-done.tsx'
import { ImportProgress } from './import-progress.tsx'
import { PlanView } from './plan-view.tsx'
import { changesOf, type ImportProblem, useImport } from './use-import.ts'
import { countOf, doneWords, planWords } from './words.ts'

type ImportDialogProps = {
  orgId: OrgId
  from: Extract<TemplateQuestion, { kind: 'import' }>['from']
  onClose: () => void
}

/** From a folder, an archive, a bundle or a template to workspaces: first the plan, then the act, which can be undone. */
export function ImportDialog({ orgId, from, onClose }: ImportDialogProps) {
  const { stage, env, planDropped, planLibrary, apply, end, back } = useImport(orgId)
  useEffect(() => {
    if (from?.kind === 'dropped') void planDropped(from.dropped)
    if (from?.kind === 'library') void planLibrary(from.slug, from.name)
  }, [from, planDropped, planLibrary])
  const carryOut = async (asked: ShownPlan) => {
    const done = await apply(asked)
    if (!done) return
    const { id, plan } = done
    // The import is kept to be undone under its own id.
    if (changesOf(plan) > 0) void tellDone(orgId, doneWords(plan), id)
    // Where nothing is left to say the toast says it.
    if (plan.tries.length === 0 && env().length === 0) onClose()
  }
  // While it is carried out the dialog stays: its end must be seen.
  const close = () => stage.at !== 'applying' && onClose()

  switch (stage.at) {
    case 'choosing':
      return (
        <Dialog
          isOpen
          onClose={close}
          width="medium"
          title="Import"
          description="You see what would happen before anything does. Nothing runs, and nothing is fetched."
        >
          <Problem problem={stage.problem} />
          <ChooseTemplate onChoose={(dropped) => void planDropped(dropped)} />
        </Dialog>
      )
    case 'reading':
      return (
        <Dialog isOpen onClose={close} width="medium" title={`Import ${stage.name}`}>
          <p role="status" className="flex items-center gap-2 py-8 text-fg-2">
            <Spinner /> Reading it and comparing it with this organisation
          </p>
        </Dialog>
      )
    case 'planned': {
      const { plan } = stage
      const changes = changesOf(plan)
      const isRefused = plan.errors.length > 0
      return (
        <Dialog
          isOpen
          onClose={close}
          width="full"
          title={`Import ${plan.org || 'this template'}`}
          description={isRefused ? 'Nothing can be imported before its faults are mended.' : planWords(plan)}
          onSubmit={() => !isRefused && changes > 0 && void carryOut(plan)}
          footer={
            <>
              <Button onClick={back} className="mr-auto">
                Choose another
              </Button>
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" tone="primary" disabled={isRefused || changes === 0} data-autofocus>
                {changes === 0 ? 'Nothing to import' : `Import ${countOf(changes, 'workspace')}`}
              </Button>
            </>
          }
        >
          <Problem problem={stage.problem} />
          <PlanView plan={plan} offered={env().map(({ name }) => name)} />
        </Dialog>
      )
    }
    case 'applying':
      return (
        <Dialog isOpen onClose={close} width="medium" title={`Importing ${stage.plan.org}`}>
          <ImportProgress {...stage} onEnd={() => void end()} />
        </Dialog>
      )
    case 'applied':
      return (
        <Dialog
          isOpen
          onClose={close}
          width="medium"
          title={doneWords(stage.plan)}
          description="Nothing runs yet. The import can be undone as one act."
          footer={
            <Button tone="primary" onClick={close} data-autofocus>
              Done
            </Button>
          }
        >
          <ImportDone orgId={orgId} plan={stage.plan} env={env()} onClose={close} />
        </Dialog>
      )
    default:
      return stage satisfies never
  }
}

function Problem({ problem }: { problem: ImportProblem | undefined }) {
  if (!problem) return null
  return (
    <div className="-mx-3">
      <ErrorPanel title={problem.message}>{problem.fix}</ErrorPanel>
    </div>
  )
}
