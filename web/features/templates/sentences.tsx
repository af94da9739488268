import type { LucideIcon } from 'lucide-react'
import { useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'

type SentencesProps = {
  icon: LucideIcon
  tone: 'failed' | 'waiting'
  title: string
  sentences: readonly string[]
}

const few = 6
const looks = {
  failed: { box: 'bg-failed-soft', mark: 'text-state-failed' },
  waiting: { box: 'bg-waiting-soft', mark: 'text-state-waiting' },
}

/** Faults or warnings in full; many of them open on a click. */
export function Sentences({ icon: Icon, tone, title, sentences }: SentencesProps) {
  const [isWhole, setIsWhole] = useState(false)
  const heading = useId()
  if (sentences.length === 0) return null
  const shown = isWhole ? sentences : sentences.slice(0, few)
  const { box, mark } = looks[tone]
  return (
    <section aria-labelledby={heading} className={classes('rounded-6 px-3 py-2', box)}>
      <h3 id={heading} className={classes('flex items-center gap-1.5 text-13 font-semibold', mark)}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {title}
      </h3>
      <ul className="mt-1 grid gap-1 text-12">
        {shown.map((sentence) => (
          <li key={sentence} className="min-w-0 break-words">
            {sentence}
          </li>
        ))}
      </ul>
      {sentences.length > few && (
        <Button tone="ghost" size="small" className="mt-1 -ml-2" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${sentences.length}`}
        </Button>
      )}
    </section>
  )
}
