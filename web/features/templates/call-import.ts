import type { OrgId } from '#shared/kernel/ids.ts'
import type { ImportLine, ImportRequest } from '#shared/templates/import.ts'

type Last = Exclude<ImportLine, { kind: 'progress' }>

/** Asks for a plan or an import; gives what came of it. Throws, as any call does, where no answer came through. */
export async function callImport(
  orgId: OrgId,
  request: ImportRequest,
  onProgress: (done: number, total: number) => void,
): Promise<Last> {
  const answer = await fetch(`/api/orgs/${orgId}/imports`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
  })
  if (!answer.ok || !answer.body) {
    const body = await answer.json().catch(() => undefined)
    throw Object.assign(new Error('The import was refused.'), { data: body?.error?.data ?? {} })
  }
  for await (const line of linesOf(answer.body)) {
    const said: ImportLine = JSON.parse(line)
    if (said.kind !== 'progress') return said
    onProgress(said.done, said.total)
  }
  throw new Error('The answer broke off.')
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    rest += decoder.decode(value, { stream: !done })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter(Boolean)
    if (done) break
  }
  if (rest) yield rest
}
