import type { Language, OutputChunk, Position, RunOutcome, RunRequest, RunResult, Session } from '../sandbox.ts'

/** `shims`: no whole Node, so what is lacking is refused by name. */
export type Need = Language | 'multiFile' | 'processes' | 'memoryLimit' | 'exactColumns' | 'tellsRejections' | 'shims'

/** One promise of the port; `open` boots another session of the same backend. */
export type Case = {
  readonly name: string
  readonly needs?: Need
  run(session: Session, open: () => Promise<Session>): Promise<void>
}

export const sha256OfA = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'

export function js(code: string): RunRequest {
  return { language: 'javascript', code }
}

export function python(code: string): RunRequest {
  return { language: 'python', code }
}

export async function listen(
  session: Session,
  request: RunRequest,
): Promise<{ result: RunResult; chunks: OutputChunk[] }> {
  const chunks: OutputChunk[] = []
  const stop = session.onOutput((chunk) => void chunks.push(chunk))
  try {
    return { result: await session.run(request), chunks }
  } finally {
    stop()
  }
}

export function firstChunk(session: Session): Promise<void> {
  return new Promise((resolve) => {
    const stop = session.onOutput(() => {
      stop()
      resolve()
    })
  })
}

/** Of one stream, or of both as they came. */
export function textOf(chunks: readonly OutputChunk[], stream?: OutputChunk['stream']): string {
  const heard = chunks.filter((chunk) => stream === undefined || chunk.stream === stream)
  return heard.map(({ text }) => text).join('')
}

/** How text is cut into chunks is the backend's own business; which stream said what, and when, is not. */
export function joined(chunks: readonly OutputChunk[]): [string, string][] {
  const runs: [string, string][] = []
  for (const { stream, text } of chunks) {
    const last = runs.at(-1)
    if (last !== undefined && last[0] === stream) last[1] += text
    else runs.push([stream, text])
  }
  return runs
}

export function expectKind<Kind extends RunOutcome['kind']>(
  result: RunOutcome,
  kind: Kind,
): Extract<RunOutcome, { kind: Kind }> {
  if (isKind(result, kind)) return result
  throw new Error(`expected the run to be ${kind}, got ${JSON.stringify(result)}`)
}

function isKind<Kind extends RunOutcome['kind']>(
  result: RunOutcome,
  kind: Kind,
): result is Extract<RunOutcome, { kind: Kind }> {
  return result.kind === kind
}

export function equal(actual: unknown, expected: unknown): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`)
}

/** For a place whose column is a promise of its own. */
export function lineOf(at: Position | null): string | null {
  return at && `${at.file}:${at.line}`
}

export function includes(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`expected ${JSON.stringify(text)} to include ${JSON.stringify(part)}`)
}

export function refusedWith(act: () => void): string {
  try {
    act()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
  return 'accepted'
}
