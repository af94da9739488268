import { shortestRedacted } from '#shared/secrets/can-be-redacted.ts'

/** One spelling of a value, as it is searched for. */
export type Form = {
  readonly text: string
  /** Letters of either case are the same. */
  readonly ignoresCase: boolean
  /** Inside base64: line breaks may stand between; what of its bits the characters before and after carry. */
  readonly base64: { readonly before: boolean; readonly after: boolean } | null
}

/** All spellings in which a known value is looked for. */
export function formsOf(value: string): Form[] {
  const found = new Map<string, Form>()
  const add = (text: string, kind: Partial<Form> = {}) => {
    if (text.length < shortestRedacted || found.has(text)) return
    found.set(text, { text, ignoresCase: false, base64: null, ...kind })
  }
  for (const plain of written(value)) {
    const bytes = Buffer.from(plain, 'utf8')
    add(plain)
    for (const text of escapedInJson(plain)) add(text)
    for (const text of escapedInHtml(plain)) add(text)
    for (const text of escapedInUrls(plain)) add(text)
    add(bytes.toString('hex'), { ignoresCase: true })
    for (const form of insideBase64(bytes)) add(form.text, form)
    for (const form of insideBase64(Buffer.from(plain, 'utf16le'))) add(form.text, form)
    if (isMixed(plain)) for (const text of [plain.toLowerCase(), plain.toUpperCase()]) add(text)
  }
  return [...found.values()]
}

/** As it is, without blanks around it, with other line ends. */
function written(value: string): Set<string> {
  const trimmed = value.trim()
  return new Set([value, trimmed, trimmed.replace(/\r?\n/g, '\n'), trimmed.replace(/\r?\n/g, '\r\n')])
}

/** As deep as JSON is put into JSON here: the arguments of a call inside an answer inside a row. */
function escapedInJson(plain: string): string[] {
  const once = inJson(plain)
  const slashes = once.replaceAll('/', '\\/')
  return [once, inJson(once), inJson(inJson(once)), slashes, inAscii(once)]
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)

function inAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function escapedInHtml(plain: string): string[] {
  const most = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const quoted = most.replaceAll('"', '&quot;')
  return [most, ...['&#39;', '&#x27;', '&apos;'].map((quote) => quoted.replaceAll("'", quote))]
}

function escapedInUrls(plain: string): string[] {
  const well = plain.toWellFormed()
  const component = encodeURIComponent(well)
  const strict = component.replace(/[!'()*]/g, percent)
  const all = [...Buffer.from(well, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const query = new URLSearchParams({ of: well }).toString().slice('of='.length)
  const spellings = [encodeURI(well), component, strict, strict.replaceAll('%20', '+'), query, all]
  return spellings.flatMap((text) => [text, withLowerHex(text), withUpperHex(text)])
}

const percent = (unit: string) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`
const withLowerHex = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (code) => code.toLowerCase())
const withUpperHex = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase())

/** What of base64 says nothing but these bytes, whichever of the three places in a group of four characters they begin at. */
function insideBase64(bytes: Buffer): Pick<Form, 'text' | 'base64'>[] {
  return [0, 1, 2].flatMap((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const end = ((offset + bytes.length) * 8) / 6
    const core = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(end))
    const base64 = { before: offset > 0, after: !Number.isInteger(end) }
    const inUrl = core.replaceAll('+', '-').replaceAll('/', '_')
    const escaped = encodeURIComponent(core)
    const spellings = [core, inUrl, core.replaceAll('/', '\\/'), withUpperHex(escaped), withLowerHex(escaped)]
    return spellings.map((text) => ({ text, base64 }))
  })
}

/** Letters and digits, long enough that another case of it is still no word. */
function isMixed(plain: string): boolean {
  return plain.length >= 16 && /\d/.test(plain) && /[a-z]/i.test(plain)
}
