import { Search } from 'lucide-react'
import { useState } from 'react'
import { type CommandScope, useRegisteredCommands } from '#web/kernel/commands.ts'
import { isMacPlatform, keyCaps } from '#web/kernel/keys.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { Segmented } from '#web/ui/segmented.tsx'
import { fixedKeys } from './fixed-keys.ts'
import { closeOverlay, typedAhead } from './palette-state.ts'
import { type ShortcutGroup, scopeWords, shortcutGroups } from './shortcut-list.ts'

const scopes: readonly { value: CommandScope | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'page', label: scopeWords.page },
  { value: 'graph', label: scopeWords.graph },
  { value: 'editor', label: scopeWords.editor },
]

/** All keys that do something, read from the commands themselves; found by words or by the keys. */
export function Shortcuts() {
  const [query, setQuery] = useState(typedAhead)
  const [scope, setScope] = useState<CommandScope | 'all'>('all')
  const commands = useRegisteredCommands()
  const isMac = isMacPlatform()
  const groups = shortcutGroups({ commands, fixed: fixedKeys, query, scope, isMac })
  const count = groups.reduce((sum, { shortcuts }) => sum + shortcuts.length, 0)
  return (
    <Dialog isOpen onClose={closeOverlay} title="Keyboard shortcuts" width="wide">
      <div className="sticky -top-1 z-10 flex flex-wrap items-center gap-2 bg-surface pt-1 pb-3">
        <label className="flex h-7 min-w-48 flex-1 items-center gap-2 rounded-6 border border-line-2 px-2 focus-within:outline-2 focus-within:outline-accent">
          <Search size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-fg-3" />
          <input
            data-autofocus
            type="search"
            aria-label="Search the shortcuts"
            placeholder="Search by words or keys"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-fg-3"
          />
        </label>
        <Segmented label="Where they are heard" options={scopes} value={scope} onChange={setScope} />
        <p role="status" className="sr-only">
          {count} shown
        </p>
      </div>
      <div className="min-h-60 pb-5">
        {groups.length === 0 ? (
          <p className="py-6 text-center text-pretty text-fg-2">
            No shortcut matches. {query === '' ? 'Choose another place.' : 'Try another word, or search in all places.'}
          </p>
        ) : (
          <div className="gap-x-8 wide:columns-2">
            {groups.map((group) => (
              <Group key={group.heading} group={group} isMac={isMac} hasScopes={scope === 'all'} />
            ))}
          </div>
        )}
      </div>
    </Dialog>
  )
}

function Group({ group, isMac, hasScopes }: { group: ShortcutGroup; isMac: boolean; hasScopes: boolean }) {
  return (
    <section aria-label={group.heading} className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-12 text-fg-3">{group.heading}</h3>
      <dl>
        {group.shortcuts.map(({ id, title, chords, scope }) => (
          <div key={id} className="flex min-h-7 items-center justify-between gap-3 border-b border-line">
            <dt className="min-w-0 py-1">
              {title}
              {hasScopes && scope !== 'page' && (
                <span className="text-12 text-fg-3">, {scopeWords[scope].toLowerCase()}</span>
              )}
            </dt>
            <dd className="flex shrink-0 gap-1">
              {chords.map((chord) => (
                <Kbd key={chord} keys={keyCaps(chord, isMac)} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
