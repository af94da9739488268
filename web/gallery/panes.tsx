import { Inbox, Plus } from 'lucide-react'
import { useState } from 'react'
import { NoticeRow } from '../features/notices/index.ts'
import { AttentionList } from '../graph/attention/attention-list.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Popover } from '../ui/popover.tsx'
import { SkeletonLines } from '../ui/skeleton.tsx'
import { type GlyphState, glyphColors, StatusLabel } from '../ui/status-glyph.tsx'
import { notify } from '../ui/toast.ts'
import { orgId, workspaces } from './example-org.ts'
import { Section, State } from './section.tsx'

const states: readonly GlyphState[] = [
  ...(['idle', 'queued', 'working', 'waiting-child', 'waiting-approval', 'waiting-input'] as const),
  ...(['waiting-budget', 'waiting-retry', 'completed', 'failed', 'cancelled', 'lost', 'paused', 'offline'] as const),
]
const at = '2026-01-01T00:00:00.000Z'
const nothing = () => undefined

export function Panes() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Section title="States, by shape, colour and word">
        <ul className="grid grid-cols-2 gap-2 wide:grid-cols-5">
          {states.map((state) => (
            <li key={state} data-colour={glyphColors[state]}>
              <StatusLabel state={state}>{state}</StatusLabel>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Empty, loading, failed">
        <div className="grid gap-4 wide:grid-cols-3">
          <State name="empty">
            <div className="flex h-48 rounded-8 border border-line">
              <EmptyState icon={Inbox} title="No work yet" action={<Button icon={Plus}>New delegation</Button>}>
                What you give this workspace is recorded here, step by step.
              </EmptyState>
            </div>
          </State>
          <State name="loading">
            <div className="h-48 rounded-8 border border-line p-4">
              <SkeletonLines count={5} label="Loading the gallery" />
            </div>
          </State>
          <State name="failed">
            <div className="h-48 rounded-8 border border-line">
              <ErrorPanel title="The server does not answer." action={<Button size="small">Try again</Button>}>
                What you typed is kept here. It is tried again by itself.
              </ErrorPanel>
            </div>
          </State>
        </div>
      </Section>
      <Section title="Notices">
        <ul aria-label="Examples of notices" className="max-w-104 rounded-8 border border-line text-13">
          <NoticeRow
            {...{ at, glyph: 'failed', isRead: false, onRead: nothing }}
            sentence="Analyst failed"
            about="Compare three vendors by what they cost in the first year and by how hard they are to leave"
            act={{ label: 'See why', run: nothing }}
          />
          <NoticeRow
            {...{ at, glyph: 'completed', isRead: true, onRead: nothing }}
            sentence="Lead completed its work"
          />
          <NoticeRow
            {...{ at, glyph: 'working', isRead: false, onRead: nothing }}
            sentence="Writer says: the third draft is there"
            about="Write the announcement"
            earlier={[
              { id: 2, sentence: 'Writer says: the second draft is there' },
              { id: 1, sentence: 'Writer says: I began with the first draft' },
            ]}
            act={{ label: 'Open the work', run: nothing }}
          />
        </ul>
      </Section>
      <Section title="The organisation on a phone">
        <div className="flex h-120 max-w-98 rounded-8 border border-line">
          <AttentionList orgId={orgId} workspaces={workspaces} selectedId={null} onOpen={nothing} />
        </div>
      </Section>
      <Section title="What lies over the page">
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setOpen(true)}>Open a dialog</Button>
          <Popover label="Example" trigger={<Button>Open a popover</Button>}>
            <p>Something small about the button.</p>
          </Popover>
          <Button onClick={() => notify({ title: 'Saved', tone: 'done', action: { label: 'Undo', run: nothing } })}>
            Show a toast
          </Button>
        </div>
        <Dialog
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          title="Delete Researcher?"
          description="Its two reports move up. You can take this back."
          footer={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <Button tone="danger" onClick={() => setOpen(false)}>
                Delete Researcher
              </Button>
            </>
          }
        >
          <p>Its files and its memory are kept for thirty days.</p>
        </Dialog>
      </Section>
    </>
  )
}
