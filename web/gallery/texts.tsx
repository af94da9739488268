import { ConflictView, LeftTextView } from '../features/files/index.ts'
import { Section, State } from './section.tsx'

const at = '2026-01-01T00:00:00.000Z'
const nothing = () => undefined
const theirs = '# Researcher\n\nYou find facts.\nName a source for each.\n'
const mine = '# Researcher\n\nYou find facts and figures.\nName two sources for each.\n'

/** Two texts that do not fit together: the person decides, and nothing is lost whichever is chosen. */
export function Texts() {
  const left = { text: mine, baseVersion: 3, writtenAt: Date.parse(at), drop: nothing }
  return (
    <Section title="Texts that do not fit together">
      <div className="grid gap-4">
        <State name="saved by somebody else first">
          <div className="flex h-64 flex-col overflow-hidden rounded-8 border border-line">
            <ConflictView
              {...{ path: 'system-prompt.md', mine, onType: nothing, onTakeTheirs: nothing, onSave: nothing }}
              theirs={{ version: 4, text: theirs, savedBy: 'Ada Byron', savedAt: at }}
              onLater={nothing}
            />
          </div>
        </State>
        <State name="typed over an older version and left">
          <div className="flex h-64 flex-col overflow-hidden rounded-8 border border-line">
            <LeftTextView path="system-prompt.md" now={theirs} left={left} onRestore={nothing} onDrop={nothing} />
          </div>
        </State>
        <State name="left in this browser, maybe by somebody else">
          <div className="flex h-64 max-w-98 flex-col overflow-hidden rounded-8 border border-line">
            <LeftTextView
              {...{ path: 'system-prompt.md', now: theirs, onRestore: nothing, onDrop: nothing }}
              left={{ ...left, isUnowned: true }}
            />
          </div>
        </State>
      </div>
    </Section>
  )
}
