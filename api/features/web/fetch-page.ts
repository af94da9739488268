import { convert } from 'html-to-text'
import { AppError } from '#shared/kernel/app-error.ts'
import { FetchFailure, safeFetch } from '../../kernel/safe-fetch.ts'
import { agentName, reachOf } from './reach.ts'
import { robotsAllow } from './robots.ts'

/** `text`: as a person would read it, shortened to `maxChars`. */
export type Page = { url: string; status: number; type: string; text: string; isShortened: boolean }

const maxBytes = 2_000_000
const maxHops = 5
const readable = /^(text\/|application\/(json|xml|xhtml\+xml|javascript|[\w.+-]+\+(json|xml))\b)/

/**
 * Reads a public page: http and https only, no address of this network, no credentials in it, as its host's robots.txt
 * allows, at most 2 MB of text. Each redirect is checked like the first address. Throws AppError that says what to do.
 */
export async function fetchPage(asked: string, maxChars: number, signal: AbortSignal): Promise<Page> {
  let url = readUrl(asked)
  try {
    for (let hop = 0; hop <= maxHops; hop++) {
      if (!(await robotsAllow(url, signal))) throw forbidden(url)
      const init = { headers: { 'user-agent': agentName, accept: 'text/html, text/*, application/json;q=0.9' }, signal }
      const response = await safeFetch(url, init, reachOf(url, maxBytes))
      const to = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (to === null) return await pageOf(url, response, maxChars)
      await response.body?.cancel()
      url = readUrl(new URL(to, url).href)
    }
  } catch (error) {
    if (error instanceof FetchFailure) throw new AppError('unavailable', error.message, { fix: 'Try another address.' })
    throw error
  }
  throw new AppError('unavailable', `${asked} leads on more than ${maxHops} times.`, { fix: 'Try another address.' })
}

async function pageOf(url: URL, response: Response, maxChars: number): Promise<Page> {
  const type = (response.headers.get('content-type') ?? 'text/plain').toLowerCase()
  if (!readable.test(type)) {
    await response.body?.cancel()
    throw new AppError('bad-input', `${url.host} gave ${type.split(';')[0]}, which is no text.`, {
      fix: 'Ask for a page, plain text, JSON or XML.',
    })
  }
  const body = decode(new Uint8Array(await response.arrayBuffer()), type)
  const text = type.includes('html') ? convert(body, asText) : body
  const isShortened = text.length > maxChars
  return { url: url.href, status: response.status, type, text: text.slice(0, maxChars), isShortened }
}

const asText: Parameters<typeof convert>[1] = {
  wordwrap: false,
  limits: { maxInputLength: maxBytes, maxDepth: 100 },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'nav', format: 'skip' },
    { selector: 'table', format: 'dataTable' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
  ],
}

function decode(bytes: Uint8Array, type: string): string {
  const label = /charset="?([\w-]+)/.exec(type)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(label).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}

function readUrl(asked: string): URL {
  const url = URL.parse(asked)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('bad-input', `${asked.slice(0, 200)} is no address that begins with https:// or http://.`, {
      field: 'url',
      fix: 'Give the whole address.',
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('bad-input', 'An address with a name or a password in it is not asked for.', { field: 'url' })
  }
  url.hash = ''
  return url
}

function forbidden(url: URL): AppError {
  return new AppError('forbidden', `${url.host} does not want programs to read ${url.pathname} (robots.txt).`, {
    fix: 'Read another page.',
  })
}
