import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyAnswerField } from './key-answer-field.tsx'
import type { KeyQuestion } from './missing-questions.ts'
import { useAnswerKeys } from './use-answer-keys.ts'
import { problemWords } from './use-secrets.ts'
import { countWords, listWords } from './words.ts'

export type MissingKeysFormProps = {
  orgId: OrgId
  /** Real models are to play everything once all keys are there. */
  isGoingLive: boolean
  questions: readonly KeyQuestion[]
  onClose: () => void
}

/** One field a key, each tried as soon as it is given; what is left empty stays missing. */
export function MissingKeysForm({ orgId, isGoingLive, questions, onClose }: MissingKeysFormProps) {
  const mayOrg = useMay(orgId, 'secrets.org.write')
  const mayHere = useMay(orgId, 'secrets.workspace.write')
  const [answers, setAnswers] = useState<ReadonlyMap<string, { name: string; value: string }>>(new Map())
  const answered = questions.flatMap((question) => {
    const answer = answers.get(question.id)
    return answer && answer.value.trim() !== '' ? [{ question, ...answer }] : []
  })
  const isAll = answered.length === questions.length
  const save = useAnswerKeys({ orgId, isForOrg: mayOrg, goesLive: isGoingLive && isAll, onDone: onClose })
  const submit = () => {
    if (answered.length > 0 || (isGoingLive && isAll)) save.mutate(answered)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={isGoingLive ? 'Use real models' : `Keys for ${whoOf(questions)}`}
      description={describe(questions, isGoingLive)}
      onSubmit={submit}
      footer={
        <>
          {save.error !== null && (
            <p role="alert" className="min-w-0 basis-full text-12 text-pretty text-danger">
              {problemWords(save.error)}
            </p>
          )}
          <Button onClick={onClose}>{isGoingLive ? 'Keep rehearsing' : 'Not now'}</Button>
          {mayHere && (questions.length > 0 || isGoingLive) && (
            <Button
              type="submit"
              tone="primary"
              isBusy={save.isPending}
              disabled={answered.length === 0 && !(isGoingLive && isAll)}
            >
              {actWords(answered.length, isGoingLive, isAll)}
            </Button>
          )}
        </>
      }
    >
      {questions.length > 0 &&
        (mayHere ? (
          <div className="flex flex-col divide-y divide-line">
            {questions.map((question, at) => (
              <KeyAnswerField
                key={question.id}
                orgId={orgId}
                question={question}
                isFirst={at === 0}
                onAnswer={(answer) => setAnswers((before) => new Map(before).set(question.id, answer))}
              />
            ))}
          </div>
        ) : (
          <ul className="list-disc pl-5 text-13">
            {questions.map(({ id, anyOf, workspaces }) => (
              <li key={id}>
                <span className="font-mono text-12">{anyOf.join(' or ')}</span>{' '}
                <span className="text-fg-2">for {listWords(workspaces.map(({ name }) => name))}</span>
              </li>
            ))}
            <li className="mt-2 list-none text-fg-2">A manager or an admin can add it.</li>
          </ul>
        ))}
    </Dialog>
  )
}

function whoOf(questions: readonly KeyQuestion[]): string {
  const names = new Map(questions.flatMap(({ workspaces }) => workspaces).map(({ id, name }) => [id, name]))
  return listWords([...names.values()]) || 'this workspace'
}

function describe(questions: readonly KeyQuestion[], isGoingLive: boolean): string {
  if (questions.length === 0) {
    return isGoingLive
      ? 'Every key is there. From now on each call goes to the model its config names, and costs money.'
      : 'Nothing is missing any more.'
  }
  const count = questions.length === 1 ? 'One key is' : `${questions.length} keys are`
  return isGoingLive
    ? `${count} missing. With ${questions.length === 1 ? 'it' : 'them'} each call goes to the model its config names, and costs money.`
    : `${count} missing. Its work waits for it and goes on by itself.`
}

function actWords(answered: number, isGoingLive: boolean, isAll: boolean): string {
  const keys = countWords(answered, 'key')
  if (!isGoingLive) return answered === 0 ? 'Save' : `Save ${keys}`
  if (answered === 0) return 'Use real models'
  return isAll ? `Save ${keys} and use real models` : `Save ${keys}, keep rehearsing`
}
