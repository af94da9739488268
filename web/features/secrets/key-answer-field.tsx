import { ExternalLink } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { isSetting } from '#shared/secrets/services.ts'
import { useMay } from '../../kernel/may.ts'
import { choicesOf, type KeyQuestion } from './missing-questions.ts'
import { SecretField } from './secret-field.tsx'
import { ServiceMark } from './service-mark.tsx'
import { TestOutcome } from './test-outcome.tsx'
import { problemWords, useTestKey } from './use-secrets.ts'
import { exampleOf, listWords, serviceNamed } from './words.ts'

export type KeyAnswerFieldProps = {
  orgId: OrgId
  question: KeyQuestion
  isFirst: boolean
  onAnswer: (answer: { name: string; value: string }) => void
}

const settleMs = 500

/** One missing key: which of its names where several will do, the value, and what the service says to it. */
export function KeyAnswerField({ orgId, question, isFirst, onAnswer }: KeyAnswerFieldProps) {
  const choices = choicesOf(question.anyOf)
  const [name, setName] = useState(choices[0] ?? '')
  const [value, setValue] = useState('')
  const mayTest = useMay(orgId, 'secrets.test')
  const { mutate, reset, ...test } = useTestKey()
  const service = serviceNamed(name)
  const canTest = mayTest && service?.tryAt != null && service.keys.includes(name)
  const serviceId = service?.id
  useEffect(() => {
    reset()
    if (!canTest || serviceId === undefined || value.trim().length < 8) return
    const timer = setTimeout(() => mutate({ orgId, workspaceId: null, service: serviceId, value }), settleMs)
    return () => clearTimeout(timer)
  }, [orgId, canTest, serviceId, value, mutate, reset])
  const who = question.workspaces.map(({ name: workspace }) => workspace)
  return (
    <div className="grid grid-cols-1 gap-2 py-3 first:pt-1 last:pb-1">
      <div className="flex items-baseline gap-2">
        <p className="min-w-0 flex-1 truncate text-12 text-fg-2" title={who.join(', ')}>
          For {listWords(who)}
          {question.forModel && (who.length === 1 ? ': its model' : ': their models')}
        </p>
        {service?.getOneAt && (
          <a
            href={service.getOneAt}
            target="_blank"
            rel="noreferrer noopener"
            className="inline-flex shrink-0 items-center gap-1 rounded-4 text-12 text-fg-2 hover:text-fg hover:underline"
          >
            Get a key from {service.label}
            <ExternalLink size={12} strokeWidth={1.75} aria-hidden />
          </a>
        )}
      </div>
      {choices.length > 1 && (
        <Choice
          names={choices}
          chosen={name}
          onChoose={(next) => {
            setName(next)
            onAnswer({ name: next, value })
          }}
        />
      )}
      <SecretField
        label={name}
        value={value}
        placeholder={exampleOf(name)}
        isFirst={isFirst}
        isPlain={isSetting(name)}
        onChange={(next) => {
          setValue(next)
          onAnswer({ name, value: next })
        }}
      />
      <TestOutcome isTesting={test.isPending} test={test.data} problem={problemWords(test.error)} />
    </div>
  )
}

type ChoiceProps = { names: readonly string[]; chosen: string; onChoose: (name: string) => void }

function Choice({ names, chosen, onChoose }: ChoiceProps) {
  const group = useId()
  return (
    <fieldset className="grid grid-cols-1 gap-1">
      <legend className="sr-only">Which of them</legend>
      {names.map((name) => {
        const service = serviceNamed(name)
        return (
          <label
            key={name}
            className="flex min-h-8 items-center gap-2 rounded-6 border border-line px-2 text-13 hover:bg-hover has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={group}
              checked={name === chosen}
              onChange={() => onChoose(name)}
              className="accent-(--accent) outline-none"
            />
            <ServiceMark service={service?.id ?? 'custom'} />
            <span className="shrink-0">{service?.label ?? 'Your own'}</span>
            <span className="min-w-0 truncate font-mono text-12 text-fg-2" title={name}>
              {name}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
