import { useState } from 'react'
import type { DelegationView, StepView } from '#shared/delegations/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/select.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { TextareaField } from '../../../ui/textarea-field.tsx'
import { ProblemText } from '../../workspaces/index.ts'
import { contextOf, type EditKind, editKinds, editOf, forkableSteps, resultOf } from './fork-form.ts'
import { useFork } from './use-fork.ts'

export type ForkDialogProps = {
  orgId: OrgId
  delegation: DelegationView
  steps: readonly StepView[]
  onClose: () => void
  onForked: (delegationId: string) => void
}

/** Where the fork begins to go its own way, and what is other in it. */
export function ForkDialog({ orgId, delegation, steps, onClose, onForked }: ForkDialogProps) {
  const context = contextOf(steps)
  const [kind, setKind] = useState<EditKind>('prompt')
  const places = forkableSteps(steps, kind)
  const [chosen, setChosen] = useState<number>()
  const at = places.find(({ step }) => step === chosen) ?? places[0]
  const [texts, setTexts] = useState<Partial<Record<string, string>>>({})
  const key = kind === 'result' ? `result ${at?.step}` : kind
  const given = { prompt: context.prompt, model: context.model, steps: `${context.maxSteps}`, nothing: '' }
  const text = texts[key] ?? (kind === 'result' ? resultOf(at) : given[kind])
  const edit = editOf(kind, text)
  const fork = useFork(onForked)
  const canSubmit = at !== undefined && edit !== undefined && !fork.isPending
  const submit = () => {
    if (canSubmit) fork.mutate({ orgId, delegationId: delegation.id, atStep: at.step, edit })
  }
  const field = { value: text, onChange: (value: string) => setTexts({ ...texts, [key]: value }) }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={submit}
      width="wide"
      title={`Fork this work of ${delegation.workspaceName}`}
      description="A new delegation takes over the steps up to one, then goes on live. Nothing of those steps is done or paid for again."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="primary" isBusy={fork.isPending} disabled={!canSubmit}>
            {at === undefined ? 'Fork' : `Fork after step ${at.step}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="grid gap-3 wide:grid-cols-2">
          <Select label="What is other" value={kind} onChange={setKind} options={editKinds(steps)} data-autofocus />
          <Select
            label="Goes its own way after"
            value={`${at?.step ?? ''}`}
            onChange={(value) => setChosen(Number(value))}
            options={places.map((step) => ({ value: `${step.step}`, label: placeLabel(step) }))}
          />
        </div>
        {kind === 'prompt' && <TextareaField label="Prompt" className="font-mono" {...field} />}
        {kind === 'result' && <TextareaField label="Result of this call" className="font-mono" {...field} />}
        {kind === 'model' && <TextField label="Model" hint="provider:model, or rehearsal" {...field} />}
        {kind === 'steps' && (
          <TextField
            label="Most steps"
            inputMode="numeric"
            error={edit === undefined ? 'Give a number from 1 to 1000.' : undefined}
            {...field}
          />
        )}
        {fork.error && <ProblemText error={fork.error} />}
      </div>
    </Dialog>
  )
}

const maxLabelChars = 70

function placeLabel({ step, summary }: StepView): string {
  const words = summary.length > maxLabelChars ? `${summary.slice(0, maxLabelChars - 1)}…` : summary
  return `${step}: ${words}`
}
