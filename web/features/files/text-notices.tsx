import { Button } from '../../ui/button.tsx'
import type { OpenTextState, SharedText } from '../drafts/index.ts'

export type TextNoticesProps = { state: OpenTextState; text: SharedText; onSave: () => void }

/** What happened to the text from outside, and what stands in the way of saving it; each can be put away. */
export function TextNotices({ state, text, onSave }: TextNoticesProps) {
  const { merged, waiting, theirs, problem, stuck, keeping } = state
  return (
    <>
      {problem && (
        <Notice
          tone="failed"
          title={problem.message}
          detail={problem.fix}
          act={{ label: 'Try again', run: onSave }}
          away={{ label: 'Go on editing', run: text.forgetProblem }}
        />
      )}
      {keeping === 'refused' && stuck && (
        <Notice
          tone="failed"
          title={stuck.message}
          detail={stuck.fix ?? 'Your text is kept in this browser.'}
          act={{ label: 'Send it again', run: text.retry }}
        />
      )}
      {waiting && !theirs && (
        <Notice
          tone="waiting"
          title={`Version ${waiting.version} by ${waiting.savedBy} changed the same lines`}
          detail="Yours are kept; compare both before you save."
          act={{ label: 'Compare', run: text.compare }}
        />
      )}
      {merged && (
        <Notice
          tone="waiting"
          title={`Version ${merged.version} by ${merged.by} was merged into your text`}
          detail="It changed other lines than you did."
          away={{ label: 'Got it', run: text.forgetMerged }}
        />
      )}
    </>
  )
}

type Act = { label: string; run: () => void }
type NoticeProps = { tone: 'failed' | 'waiting'; title: string; detail?: string | undefined; act?: Act; away?: Act }

function Notice({ tone, title, detail, act, away }: NoticeProps) {
  return (
    <div
      role={tone === 'failed' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-2 border-b border-line px-4 py-1.5 ${tone === 'failed' ? 'bg-failed-soft' : 'bg-waiting-soft'}`}
    >
      <p className="min-w-60 flex-1 text-13 text-pretty">
        <strong className="font-medium">{title}</strong>
        {detail && <span className="text-fg-2"> · {detail}</span>}
      </p>
      {away && (
        <Button size="small" tone="ghost" onClick={away.run}>
          {away.label}
        </Button>
      )}
      {act && (
        <Button size="small" onClick={act.run}>
          {act.label}
        </Button>
      )}
    </div>
  )
}
