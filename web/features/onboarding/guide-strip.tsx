import { useQuery } from '@tanstack/react-query'
import { Check, ChevronDown, ChevronUp, Compass, X } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { GuidedAct } from '#shared/onboarding/contract.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/toast.ts'
import { actWords, currentAct, guidedActs } from './acts.ts'
import { guideQuery } from './guide-state.ts'
import { MoveAct, PromptAct, RunawayAct } from './guided-acts.tsx'
import { showGuide } from './show-guide.ts'
import { useIsCramped } from './use-is-cramped.ts'

export type GuideProps = {
  orgId: OrgId
  /** Opens a workspace's prompt in the editor. */
  onPrompt: (id: WorkspaceId) => void
  onWork: (id: WorkspaceId, delegationId: string) => void
}

/** Over the graph, in nobody's way: the act a newcomer may try next. */
export function GuideStrip({ orgId, onPrompt, onWork }: GuideProps) {
  const guide = useQuery(guideQuery(orgId)).data
  const [chosen, setChosen] = useState<GuidedAct>()
  const current = guide && currentAct(guide.done, chosen)
  const before = useRef(current)
  useEffect(() => {
    // The last act stays until it is finished: how the meter stopped it is to be read, and its limit to be removed.
    if (before.current === 'runaway' && current === undefined && chosen === undefined) setChosen('runaway')
    before.current = current
  }, [current, chosen])
  const isCramped = useIsCramped()
  const [isUnfolded, setUnfolded] = useState(false)
  const words = useId()
  if (!guide?.isOffered || guide.isHidden) return null
  const isFolded = isCramped && !isUnfolded
  const hide = () => {
    void showGuide(orgId, 'hide')
    notify({
      title: 'The guide is put away',
      detail: 'It is among the commands: type “guide” to find it.',
      action: { label: 'Show it again', run: () => void showGuide(orgId, 'resume') },
    })
  }
  return (
    <section
      aria-label="Guide"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line bg-accent-soft py-2 pr-2 pl-4"
    >
      <Compass size={16} strokeWidth={1.75} aria-hidden className="hidden shrink-0 text-accent wide:block" />
      <ol aria-label="Acts" className="flex shrink-0 gap-1">
        {guidedActs.map((act, index) => (
          <li key={act}>
            <ActButton
              number={index + 1}
              act={act}
              isDone={guide.done.includes(act)}
              isCurrent={act === current}
              onChoose={() => {
                setChosen(act)
                setUnfolded(true)
              }}
            />
          </li>
        ))}
      </ol>
      <div id={words} hidden={isFolded} className="min-w-0 flex-1 basis-80" aria-live="polite">
        {current === 'move' && <MoveAct orgId={orgId} isDone={guide.done.includes('move')} />}
        {current === 'prompt' && <PromptAct orgId={orgId} isDone={guide.done.includes('prompt')} onPrompt={onPrompt} />}
        {current === 'runaway' && <RunawayAct orgId={orgId} isDone={guide.done.includes('runaway')} onWork={onWork} />}
        {current === undefined && (
          <p className="text-13 text-pretty">
            That was all three. Give the team a goal of your own with “New delegation”, or draw a team of your own.
          </p>
        )}
      </div>
      {!isFolded && chosen !== undefined && guide.done.includes(chosen) && (
        <Button size="small" onClick={() => setChosen(undefined)}>
          {guide.done.length === guidedActs.length ? 'Finish' : 'Next act'}
        </Button>
      )}
      {isCramped && (
        <IconButton
          icon={isFolded ? ChevronDown : ChevronUp}
          size="small"
          label={isFolded ? 'Show what to do' : 'Fold the guide'}
          aria-expanded={!isFolded}
          aria-controls={words}
          className="ml-auto"
          onClick={() => setUnfolded(isFolded)}
        />
      )}
      <IconButton icon={X} size="small" label="Put the guide away" onClick={hide} />
    </section>
  )
}

type ActButtonProps = {
  number: number
  act: GuidedAct
  isDone: boolean
  isCurrent: boolean
  onChoose: () => void
}

function ActButton({ number, act, isDone, isCurrent, onChoose }: ActButtonProps) {
  const { short, title } = actWords[act]
  return (
    <button
      type="button"
      aria-label={`${number}. ${title}${isDone ? ', done' : ''}`}
      aria-current={isCurrent ? 'step' : undefined}
      onClick={onChoose}
      className={classes(
        'flex h-6 items-center gap-1.5 rounded-6 border px-2 text-12 transition-colors',
        isCurrent ? 'border-accent bg-surface font-medium text-fg' : 'border-transparent text-fg-2 hover:bg-hover',
      )}
    >
      {isDone ? (
        <Check size={14} strokeWidth={2} aria-hidden className="text-state-completed" />
      ) : (
        <span className="tabular-nums">{number}</span>
      )}
      {short}
    </button>
  )
}
