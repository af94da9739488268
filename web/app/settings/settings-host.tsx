import { Suspense, useMemo } from 'react'
import { type Command, useCommands } from '#web/kernel/commands.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { EscapeCloses } from '#web/ui/escape-closes.tsx'
import { useSettings } from './use-settings.ts'

const SettingsDrawer = lazyPart(() =>
  import('./settings-drawer.tsx').then((part) => ({ default: part.SettingsDrawer })),
)

/** Opens the settings by key; fetches them when they are first opened. */
export function SettingsHost() {
  const { orgId, section, open, close } = useSettings()
  const isThere = orgId !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening means the same on every render of one page.
  const commands = useMemo((): Command[] => {
    const command: Command = {
      id: 'settings.open',
      title: 'Settings',
      group: 'View',
      keys: 'Mod+,',
      allowWhileTyping: true,
      run: () => open(),
    }
    return isThere ? [command] : []
  }, [isThere])
  useCommands(commands)
  if (orgId === undefined || section === undefined) return null
  return (
    <Suspense fallback={<EscapeCloses onClose={close} />}>
      <SettingsDrawer key={orgId} orgId={orgId} section={section} onSection={open} onClose={close} />
    </Suspense>
  )
}
