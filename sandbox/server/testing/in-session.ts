import type { OutputChunk, RunRequest, RunResult, Sandbox, Session } from '../../sandbox.ts'

export async function bootOf(sandbox: Sandbox): Promise<Session> {
  const booted = await sandbox.boot()
  if (booted.state !== 'ready') throw new Error(booted.reason)
  return booted.session
}

/** A session for the length of the work. */
export async function inSessionOf<T>(sandbox: Sandbox, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await bootOf(sandbox)
  try {
    return await work(session)
  } finally {
    session.dispose()
  }
}

/** A run with all it said. */
export async function heardIn(session: Session, request: RunRequest): Promise<{ result: RunResult; text: string }> {
  const chunks: OutputChunk[] = []
  const stop = session.onOutput((chunk) => void chunks.push(chunk))
  const result = await session.run(request)
  stop()
  return { result, text: chunks.map(({ text }) => text).join('') }
}
