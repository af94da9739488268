import type { Command } from '#web/kernel/commands.ts'

export type RunActs = { isRunning: boolean; isInPane: () => boolean; run: () => void; stop: () => void }

/** What the keyboard and the palette may do with the snippet while its pane is open. */
export function runCommands({ isRunning, isInPane, run, stop }: RunActs): readonly Command[] {
  const group = 'Run'
  const startByKey = () => !isRunning && isInPane()
  return [
    { id: 'run.start', title: 'Run the snippet', group, when: () => !isRunning, run },
    { id: 'run.stop', title: 'Stop the snippet', group, when: () => isRunning, run: stop },
    {
      id: 'run.start-here',
      title: 'Run',
      group,
      keys: 'Mod+Enter',
      when: startByKey,
      run,
      allowWhileTyping: true,
      isHidden: true,
    },
  ]
}
