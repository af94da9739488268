import { type FormEvent, useState } from 'react'
import type { ApprovalRule } from '#shared/approvals/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { checkRule, type RuleFields, type RuleProblems, toFields, toRule } from './rule-fields.ts'
import { useSetRule } from './use-rules.ts'
import { askedWords, thenWords, type Unit } from './words.ts'

type RuleFormProps = {
  orgId: OrgId
  /** The one to change; without it a new one is made. */
  rule: ApprovalRule | undefined
  workspaces: readonly Workspace[]
  onClose: () => void
}

/** What waits, where, for how long, and who is asked. */
export function RuleForm({ orgId, rule, workspaces, onClose }: RuleFormProps) {
  const [fields, setFields] = useState<RuleFields>(() => toFields(rule))
  const [wasTried, setTried] = useState(false)
  const save = useSetRule()
  const set = (change: Partial<RuleFields>) => setFields((before) => ({ ...before, ...change }))
  const problems = checkRule(fields)
  const refused = save.error ? readProblem(save.error) : undefined
  const errorOf = (field: keyof RuleProblems) => {
    if (refused?.field === field && problems[field] === undefined) return refused.message
    return wasTried ? problems[field] : undefined
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.keys(problems).length > 0 || save.isPending) return
    save.mutate({ orgId, ...(rule && { id: rule.id }), ...toRule(fields) }, { onSuccess: onClose })
  }
  const isTool = fields.kind === 'tool'
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={rule ? 'Change the rule' : 'New rule'}
      className="my-2 flex flex-col gap-3"
    >
      <div className="grid items-start gap-3 wide:grid-cols-2">
        <Select
          label="What it is about"
          value={fields.kind}
          options={kinds}
          onChange={(kind) =>
            set({
              kind,
              ...(kind === 'model' && fields.effect === 'refuse' && { effect: 'ask' }),
              tool: kind === 'model' && fields.tool === '' ? '*' : fields.tool,
            })
          }
        />
        <TextField
          ref={focusWhenShown}
          label={isTool ? 'Tool' : 'Model'}
          value={fields.tool}
          onChange={(tool) => set({ tool })}
          error={errorOf('tool')}
          hint={isTool ? 'A name; * stands for any text: delegate_*' : 'A name; * stands for any text'}
          placeholder={isTool ? 'delegate_task' : '*'}
          className="font-mono"
          autoComplete="off"
        />
        {!isTool && (
          <TextField
            label="Cost of one call at least, in $"
            value={fields.cost}
            onChange={(cost) => set({ cost })}
            error={errorOf('cost')}
            hint="Its worst case; a model nobody can price counts as dear"
            placeholder="0.50"
            inputMode="decimal"
          />
        )}
        <Select
          label="Then it"
          value={fields.effect}
          options={isTool ? effects : effects.filter(({ value }) => value !== 'refuse')}
          onChange={(effect) => set({ effect })}
        />
        <Select
          label="For whom"
          value={fields.workspaceId ?? everywhere}
          options={[
            { value: everywhere, label: 'The whole organisation' },
            ...workspaces.map(({ id, name }): SelectOption<string> => ({ value: id, label: name })),
          ]}
          onChange={(value) => set({ workspaceId: workspaces.find(({ id }) => id === value)?.id ?? null })}
        />
        {fields.workspaceId !== null && (
          <Select
            label="And those below it"
            value={fields.withTeam ? 'team' : 'alone'}
            options={teams}
            onChange={(value) => set({ withTeam: value === 'team' })}
          />
        )}
        <TextField
          label="Only the role"
          value={fields.role}
          onChange={(role) => set({ role })}
          error={errorOf('role')}
          hint="As its card says it; * stands for any text. Empty: every role"
          placeholder="*writer*"
          autoComplete="off"
        />
        <Select label="Only the tier" value={fields.tiers} options={tiers} onChange={(tiers) => set({ tiers })} />
        {fields.effect === 'ask' && (
          <>
            <div className="grid grid-cols-2 items-start gap-2">
              <TextField
                label="Expires after"
                value={fields.count}
                onChange={(count) => set({ count })}
                error={errorOf('expiresSeconds')}
                hint="Then it counts as no"
                inputMode="numeric"
              />
              <Select label="Counted in" value={fields.unit} options={units} onChange={(unit) => set({ unit })} />
            </div>
            <Select
              label="Who is asked"
              value={fields.escalate}
              options={asked}
              onChange={(escalate) => set({ escalate })}
            />
          </>
        )}
      </div>
      {refused && (refused.field === undefined || !(refused.field in problems)) && (
        <ErrorPanel title={refused.message}>{refused.fix}</ErrorPanel>
      )}
      <div className="flex justify-end gap-2 pb-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="primary" isBusy={save.isPending}>
          {rule ? 'Change the rule' : 'Make the rule'}
        </Button>
      </div>
    </form>
  )
}

const everywhere = 'everywhere'

const kinds: readonly SelectOption<RuleFields['kind']>[] = [
  { value: 'tool', label: 'Calls of a tool' },
  { value: 'model', label: 'Dear model calls' },
]

const effects: readonly SelectOption<RuleFields['effect']>[] = [
  { value: 'ask', label: thenWords.ask },
  { value: 'refuse', label: thenWords.refuse },
  { value: 'allow', label: `${thenWords.allow}, whatever a wider rule says` },
]

const teams: readonly SelectOption<'alone' | 'team'>[] = [
  { value: 'alone', label: 'No, it alone' },
  { value: 'team', label: 'Yes, its whole team' },
]

const tiers: readonly SelectOption<string>[] = [
  { value: '', label: 'Any tier' },
  { value: '-1', label: '1, least trusted' },
  ...['2', '3', '4'].map((value) => ({ value: `-${value}`, label: `${value} and lower` })),
  ...['2', '3', '4'].map((value) => ({ value: `${value}-`, label: `${value} and higher` })),
  { value: '5-', label: '5, most trusted' },
]

const units: readonly SelectOption<Unit>[] = [
  { value: 'seconds', label: 'seconds' },
  { value: 'minutes', label: 'minutes' },
  { value: 'hours', label: 'hours' },
  { value: 'days', label: 'days' },
]

const asked: readonly SelectOption<ApprovalRule['escalate']>[] = [
  { value: 'people', label: askedWords.people },
  { value: 'parents-first', label: askedWords['parents-first'] },
]

function focusWhenShown(field: HTMLInputElement | null): void {
  field?.focus()
}
