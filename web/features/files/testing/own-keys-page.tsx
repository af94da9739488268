import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { registerCommands, startCommandKeys } from '../../../kernel/commands.ts'
import { TabStrip } from '../tabs/tab-strip.tsx'
import { FileTreeView } from '../tree/file-tree-view.tsx'

// Not part of the app: the test of the keys that the files keep for themselves opens this page.
const workspaceId = WorkspaceId.parse('00000000-0000-4000-8000-000000000001')
const paths = ['notes/facts.md', 'plan.md']

/** A tree and tabs of two files, on a page whose own command wants the same keys. It says what was done. */
function OwnKeysPage() {
  const [done, setDone] = useState<readonly string[]>([])
  const say = (what: string) => setDone((before) => [...before, what])
  return (
    <>
      <button type="button" ref={(button) => (button ? listen(() => say('page')) : undefined)}>
        Elsewhere
      </button>
      <FileTreeView
        label="Files"
        paths={paths}
        open="notes/facts.md"
        onOpen={() => {}}
        onRun={() => {}}
        entriesFor={() => []}
        onRename={undefined}
        onDelete={(path) => say(`delete ${path}`)}
        onDrop={undefined}
      />
      <TabStrip
        workspaceId={workspaceId}
        group={{ tabs: paths, active: 'plan.md' }}
        index={0}
        label="Open files"
        panelId="panel"
        canSplit={false}
        dispatch={(action) => say(action.type)}
      />
      <output>{done.join(', ')}</output>
    </>
  )
}

function listen(run: () => void): () => void {
  const unregister = registerCommands([
    { id: 'test.page', title: 'Delete workspace', group: 'Test', keys: ['Delete', 'Backspace'], run },
  ])
  const stop = startCommandKeys()
  return () => {
    unregister()
    stop()
  }
}

createRoot(document.body.appendChild(document.createElement('main'))).render(<OwnKeysPage />)
