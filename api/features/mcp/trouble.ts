import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError, UnauthorizedError } from '@modelcontextprotocol/client'
import { AppError } from '#shared/kernel/app-error.ts'
import { FetchFailure } from '../../kernel/safe-fetch.ts'

const inSettings = 'A person can look at it in Settings, Tools.'

/** What went wrong between us and a server, in words for whoever can act upon it. */
export function troubleWith(server: string, error: unknown, lastWords = ''): AppError {
  const chain = causes(error)
  const known = chain.find((one) => one instanceof AppError)
  if (known) return known
  const way = chain.find((one) => one instanceof FetchFailure)
  if (way) return unavailable(server, way.message, inSettings, error)
  const http = chain.find((one) => SdkHttpError.isInstance(one))
  const status = http instanceof SdkHttpError ? http.status : undefined
  if (chain.some((one) => UnauthorizedError.isInstance(one)) || status === 401 || status === 403) {
    const how = 'A person can give it a header with a key, kept as a secret: Settings, Tools.'
    return unavailable(server, `it refuses who asks (${status ?? 401})`, how, error)
  }
  if (status !== undefined) return unavailable(server, `it answered with status ${status}`, inSettings, error)
  const refusal = chain.find((one) => ProtocolError.isInstance(one))
  if (refusal instanceof ProtocolError) {
    return new AppError('bad-input', `${server} refused it: ${brief(refusal.message)}`, {
      fix: 'Follow the schema of the tool, or do it another way.',
      cause: error,
    })
  }
  const sdk = chain.find((one) => SdkError.isInstance(one))
  const isLate = chain.some((one) => one instanceof DOMException && one.name === 'TimeoutError')
  if (isLate || (sdk instanceof SdkError && sdk.code === SdkErrorCode.RequestTimeout)) {
    const how = 'Ask for less, or try again later; whether it was done is not known.'
    return unavailable(server, 'it did not answer in time', how, error)
  }
  const said = lastWords === '' ? '' : ` It wrote: ${brief(lastWords)}`
  return unavailable(server, `${brief(wordsOf(error))}${said}`, inSettings, error)
}

/** Did the server say that it does not know the session, so that nothing was done? Only where it was sent the id of one. */
export function isSessionGone(error: unknown): boolean {
  return causes(error).some((one) => SdkHttpError.isInstance(one) && one instanceof SdkHttpError && one.status === 404)
}

function unavailable(server: string, why: string, fix: string, cause: unknown): AppError {
  return new AppError('unavailable', `${server} cannot be used now: ${why.replace(/\.$/, '')}.`, { fix, cause })
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let one = error; one !== undefined && chain.length < 8; one = one instanceof Error ? one.cause : undefined)
    chain.push(one)
  return chain
}

function wordsOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'it failed without a word'
}

function brief(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim()
  return plain.length > 600 ? `${plain.slice(0, 600)}…` : plain
}
