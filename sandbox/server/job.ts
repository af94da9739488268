import { randomBytes } from 'node:crypto'
import { z } from 'zod'

/** Everything a parked runner needs to run once; it is written to its standard input. */
export type Job = {
  readonly nonce: string
  readonly entry: string
  readonly files: Readonly<Record<string, string>>
  readonly fileBytes: number
  readonly fileCount: number
  /** For the runner of projects; the others run the entry. */
  readonly command?: string
}

export function newJob(
  what: { entry: string } | { command: string },
  files: ReadonlyMap<string, Uint8Array>,
  fileBytes: number,
): Job {
  const encoded = [...files].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')] as const)
  const nonce = randomBytes(16).toString('hex')
  return { nonce, entry: '', ...what, files: Object.fromEntries(encoded), fileBytes, fileCount: 1_000 }
}

/** Eight digits of length, then JSON; what follows is the program's own standard input. */
export function encodeJob(job: Job): Buffer {
  const body = Buffer.from(JSON.stringify(job))
  return Buffer.concat([Buffer.from(String(body.length).padStart(8, '0')), body])
}

const Job = z.object({
  nonce: z.string(),
  entry: z.string(),
  files: z.record(z.string(), z.string()),
  fileBytes: z.number(),
  fileCount: z.number(),
})

/** The other end of `encodeJob`: told once, when the job has arrived whole. */
export function jobReader(told: (job: Job) => void): (bytes: Buffer) => void {
  let held = Buffer.alloc(0)
  let isTold = false
  return (bytes) => {
    if (isTold) return
    held = Buffer.concat([held, bytes])
    const length = Number(held.subarray(0, 8))
    if (held.length < 8 || held.length < 8 + length) return
    isTold = true
    told(Job.parse(JSON.parse(held.subarray(8, 8 + length).toString())))
  }
}

const Place = z.object({ file: z.string(), line: z.int().positive(), column: z.int().positive() })
const Report = z.object({
  value: z.string().nullable(),
  phase: z.enum(['compile', 'run']),
  error: z.object({ name: z.string(), message: z.string(), stack: z.string(), at: Place.nullable() }).nullable(),
  files: z.record(z.string(), z.string()),
  removed: z.array(z.string()),
  isWhole: z.boolean(),
  /** Whom it asked for, as far as the runner saw it. */
  reached: z
    .array(
      z
        .object({ host: z.string().max(1_000), port: z.int().min(0).max(65_535) })
        .nullable()
        .catch(null),
    )
    .max(50)
    .catch([])
    .default([])
    .transform((asked) => asked.filter((one) => one !== null)),
})
export type Report = z.infer<typeof Report>

/**
 * Takes the runner's report out of what it wrote to standard error. The program may write anything there too, so the report
 * is known by a word that was made for this run; a program that found it out could lie only about itself, and no longer than
 * so many characters.
 */
export function reportReader(
  nonce: string,
  longest: number,
): {
  pass(text: string): string
  isTooLong(): boolean
  end(): { rest: string; report: Report | null }
} {
  const mark = `\0${nonce}`
  let held = ''
  let isReport = false
  const isTooLong = () => isReport && held.length > longest
  return {
    isTooLong,
    pass(text) {
      if (isTooLong()) return ''
      held += text
      if (isReport) return ''
      const found = held.indexOf(mark)
      const upTo = found >= 0 ? found : held.length - overlap(held, mark)
      const passed = held.slice(0, upTo)
      held = held.slice(upTo)
      isReport = found >= 0
      return passed
    },
    end() {
      if (!isReport) return { rest: held, report: null }
      if (isTooLong()) return { rest: '', report: null }
      const body = held.slice(mark.length, -1)
      return { rest: '', report: held.endsWith('\0') ? parse(body) : null }
    },
  }
}

/** How much of the end of the text could be the beginning of the mark. */
function overlap(text: string, mark: string): number {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
    if (text.endsWith(mark.slice(0, length))) return length
  }
  return 0
}

function parse(body: string): Report | null {
  try {
    return Report.safeParse(JSON.parse(body)).data ?? null
  } catch {
    return null
  }
}
