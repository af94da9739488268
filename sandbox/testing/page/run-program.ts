import type { Language, RunResult, Session } from '../../sandbox.ts'

export type AskedProgram = {
  language: Language
  code: string
  files: Readonly<Record<string, string>>
  stdin: string
  timeoutMs: number
  /** Stops it as soon as it answers requests. */
  untilServes: boolean
}

/** Runs a program beside its files, as a person would; says what it printed and whether it came to serve. */
export async function runProgramIn(session: Session, asked: AskedProgram) {
  const { language, code, files, stdin, timeoutMs, untilServes } = asked
  let said = ''
  let serves = false
  session.onOutput(({ text }) => {
    said += text
  })
  session.onServers?.((servers) => {
    serves ||= servers.length > 0
    if (serves && untilServes) session.kill()
  })
  for (const [path, text] of Object.entries(files)) session.files.write(path, text)
  const result = await session.run({ language, code, timeoutMs, ...(stdin !== '' && { stdin }) })
  return { kind: result.kind, error: errorOf(result), said, serves }
}

function errorOf(result: RunResult): string | null {
  return result.kind === 'failed' ? `${result.error.name}: ${result.error.message}` : null
}
