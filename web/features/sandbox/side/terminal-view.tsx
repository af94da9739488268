import { FitAddon } from '@xterm/addon-fit'
import { Terminal } from '@xterm/xterm'
import { useEffect, useRef, useState } from 'react'
import type { Program, Programs } from '#sandbox/sandbox.ts'
import { useTheme } from '#web/kernel/theme.ts'
import { Button } from '#web/ui/button.tsx'
import { readToken } from '#web/ui/read-token.ts'
import '@xterm/xterm/css/xterm.css'

/** A shell over the session's files. It ends with `exit`, and with the page. */
export function TerminalView({ programs }: { programs: Programs }) {
  const place = useRef<HTMLDivElement>(null)
  const terminal = useRef<Terminal>(undefined)
  const [shell, setShell] = useState(0)
  const [ending, setEnding] = useState<string>()
  const { theme } = useTheme()

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new shell is a new terminal
  useEffect(() => {
    if (place.current === null) return
    const made = openTerminal(place.current)
    terminal.current = made.terminal
    let program: Program | undefined
    let isGone = false
    setEnding(undefined)
    programs.start('jsh', [], made.size()).then(
      (started) => {
        if (isGone) return started.end()
        program = started
        made.join(started)
        made.terminal.focus()
        void started.exit.then((code) => !isGone && setEnding(`The shell ended with code ${code}.`))
      },
      (error: unknown) => {
        if (!isGone) setEnding(error instanceof Error ? error.message : 'The shell could not start.')
      },
    )
    return () => {
      isGone = true
      program?.end()
      made.close()
    }
  }, [programs, shell])

  useEffect(() => {
    if (terminal.current) terminal.current.options.theme = colors(theme)
  }, [theme])

  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {ending !== undefined && (
        <div role="status" className="flex items-center gap-3 border-b border-line px-4 py-2 text-13">
          <span className="min-w-0 flex-1 text-fg-2">{ending}</span>
          <Button size="small" onClick={() => setShell(shell + 1)}>
            New shell
          </Button>
        </div>
      )}
      <div ref={place} className="min-h-0 flex-1 overflow-hidden px-3 py-2" />
    </div>
  )
}

function openTerminal(place: HTMLElement) {
  const terminal = new Terminal({
    convertEol: true,
    fontFamily: getComputedStyle(document.body).getPropertyValue('--font-mono') || 'monospace',
    fontSize: 12,
    lineHeight: 1.3,
    screenReaderMode: true,
    theme: colors(),
  })
  const fit = new FitAddon()
  terminal.loadAddon(fit)
  terminal.open(place)
  const size = () => ({ cols: terminal.cols, rows: terminal.rows })
  const watcher = new ResizeObserver(() => fit.fit())
  watcher.observe(place)
  fit.fit()
  return {
    terminal,
    size,
    join(program: Program) {
      program.onOutput((text) => terminal.write(text))
      terminal.onData((text) => program.write(text))
      terminal.onResize(() => program.resize(size()))
    },
    close() {
      watcher.disconnect()
      terminal.dispose()
    },
  }
}

/** The page's own colours; `_theme` only says when they have changed. */
function colors(_theme?: string) {
  return {
    background: readToken('surface-2'),
    foreground: readToken('fg'),
    cursor: readToken('accent'),
    selectionBackground: readToken('code-selection'),
    red: readToken('state-failed'),
    green: readToken('state-completed'),
    yellow: readToken('state-waiting'),
    blue: readToken('state-working'),
  }
}
