import type { Language, NetworkRules, Sandbox, Session } from '#sandbox/sandbox.ts'
import { chooseServerSandbox, type JobNeeds } from '#sandbox/server/choose.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { type RunText, textOfRun } from './run-text.ts'

export type Program = {
  language: Language
  code: string
  stdin: string
  timeoutMs: number
  files: Readonly<Record<string, string>>
}

/** Runs a program in this machine's sandbox, in a session of its own. Throws unavailable where there is no safe place. */
export async function runCode(
  { language, code, stdin, files, timeoutMs }: Program,
  signal: AbortSignal,
): Promise<RunText> {
  const needs = { language, ...(stdin !== '' && { process: true }) }
  return await inSession({ needs, timeoutMs, files }, async (session, sandbox) => {
    try {
      const text = await textOfRun(session, sandbox, () => session.run({ language, code, stdin, signal }))
      signal.throwIfAborted()
      return text
    } finally {
      // The next program, which often follows soon, finds a runtime that has started.
      session.prepare(language)
    }
  })
}

export type Project = Omit<Program, 'language' | 'code'> & {
  /** A line for the shell, over the files. */
  command: string
  network: NetworkRules | undefined
}

/** Runs a command over a whole project. Throws unavailable where there is no safe place that can. */
export async function runProject(project: Project, signal: AbortSignal): Promise<RunText> {
  const { command, stdin, files, timeoutMs, network } = project
  const needs = { project: true, ...(network && { network: true }) }
  return await inSession({ needs, timeoutMs, files, network }, async (session, sandbox) => {
    const { runCommand } = session
    if (!runCommand) throw new AppError('unavailable', `${sandbox.name} runs no whole projects.`)
    const text = await textOfRun(session, sandbox, () => runCommand({ command, stdin, signal }))
    signal.throwIfAborted()
    return text
  })
}

type Ground = {
  needs: JobNeeds
  timeoutMs: number
  files: Readonly<Record<string, string>>
  network?: NetworkRules | undefined
}

async function inSession<T>(
  { needs, timeoutMs, files, network }: Ground,
  work: (session: Session, sandbox: Sandbox) => Promise<T>,
): Promise<T> {
  const choice = await chooseServerSandbox(needs)
  if (choice.state === 'none') throw nowhere(choice.reason)
  const booted = await choice.sandbox.boot({ limits: { timeMs: timeoutMs }, ...(network && { network }) })
  if (booted.state === 'unavailable') throw nowhere(booted.reason)
  const { session } = booted
  try {
    for (const [path, text] of Object.entries(files)) session.files.write(path, text)
    return await work(session, choice.sandbox)
  } finally {
    session.dispose()
  }
}

function nowhere(fix: string): AppError {
  return new AppError('unavailable', 'Code cannot be run on this machine.', { fix })
}
