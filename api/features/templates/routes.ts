import type { IncomingMessage } from 'node:http'
import { type Response, Router } from 'express'
import type { Logger } from 'pino'
import { AppError } from '#shared/kernel/app-error.ts'
import { type ImportLine, ImportRequest } from '#shared/templates/import.ts'
import { maxFolderBytes } from '#shared/templates/limits.ts'
import { requireMay } from '../../kernel/actor.ts'
import { sendFile } from '../../kernel/http/send-file.ts'
import { type Door, requireInOrg } from '../../kernel/http/signed-in.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { toErrorShape } from '../../kernel/trpc.ts'
import { exportAs } from './export-as.ts'
import { importAsked } from './import-asked.ts'

/** Quotes and line breaks take two signs in JSON. */
const maxBodyBytes = 2 * maxFolderBytes

/**
 * `POST /orgs/:orgId/imports` takes an ImportRequest and answers with ImportLines, one JSON object a line: how far it is,
 * and last what came of it, a refusal included. `GET /orgs/:orgId/export?as=zip|bundle&workspace=ID` gives the org, or one
 * workspace with everything below it, as a file that can be imported again.
 */
export function templateRoutes({ log, ...door }: Door & { log: Logger }): Router {
  const router = Router()
  router.get('/orgs/:orgId/export', async (req, res) => {
    const context = await requireInOrg(door, req, req.params.orgId)
    await sendFile(res, await exportAs(context, req.query))
  })
  return router.post('/orgs/:orgId/imports', async (req, res) => {
    const context = await requireInOrg(door, req, req.params.orgId)
    requireMay(context, 'templates.import')
    res.status(200).set({ 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' })
    // What a plan or a refusal quotes of a file may be a secret that the org knows.
    const redactor = await redactorOf(context.db, context.orgId)
    const tell = (line: ImportLine) => void res.write(`${JSON.stringify(redactor.json(line))}\n`)
    try {
      tell(await importAsked(context, parse(await readBody(req)), tell))
    } catch (error) {
      tell({ kind: 'refused', error: asShape(error, log) })
    }
    end(res)
  })
}

function parse(body: string): ImportRequest {
  const parsed = ImportRequest.safeParse(asJson(body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('bad-input', issue?.message ?? 'The import cannot be read.', {
    field: issue?.path.join('.') ?? '',
  })
}

function asJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new AppError('bad-input', 'The import cannot be read: it is not JSON.', { cause })
  }
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req) {
    bytes += chunk.length
    if (bytes <= maxBodyBytes) chunks.push(chunk)
  }
  if (bytes <= maxBodyBytes) return Buffer.concat(chunks).toString('utf8')
  throw new AppError('too-large', `A template has at most ${maxFolderBytes / 1_048_576} MiB in all.`, {
    fix: 'Leave out what agents do not read, such as pictures and archives.',
  })
}

function asShape(error: unknown, log: Logger) {
  const known = toErrorShape(error)
  if (known) return known
  log.error({ err: error }, 'defect in an import')
  return { code: 'unavailable' as const, message: 'The server could not do this.' }
}

function end(res: Response): void {
  if (!res.destroyed) res.end()
}
