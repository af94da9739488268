import { Router } from 'express'
import { AuditSlice } from '#shared/audit/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { sendFile } from '../../kernel/http/send-file.ts'
import { type Door, requireInOrg } from '../../kernel/http/signed-in.ts'
import { exportLog, exportTable } from './export-log.ts'

/**
 * `GET /orgs/:orgId/audit?since=…&workspaceId=…`: a slice of the log as a file that can be verified, or, with `format=csv`, as
 * a table.
 */
export function auditRoutes(door: Door): Router {
  return Router().get('/orgs/:orgId/audit', async (req, res) => {
    const context = await requireInOrg(door, req, req.params.orgId)
    const { format = 'jsonl', ...asked } = req.query
    const name = `delegraph-audit-${new Date().toISOString().slice(0, 10)}`
    if (format === 'csv') {
      const contents = await exportTable(context, readSlice(asked))
      return await sendFile(res, { name: `${name}.csv`, type: 'text/csv; charset=utf-8', contents })
    }
    if (format !== 'jsonl') throw new AppError('bad-input', 'The format is jsonl or csv.', { field: 'format' })
    const contents = await exportLog(context, readSlice(asked))
    await sendFile(res, { name: `${name}.jsonl`, type: 'application/jsonl; charset=utf-8', contents })
  })
}

function readSlice(query: unknown): AuditSlice {
  const slice = AuditSlice.safeParse(query)
  if (slice.success) return slice.data
  const field = slice.error.issues[0]?.path.join('.') ?? ''
  throw new AppError('bad-input', `${field} of the slice cannot be read.`, {
    field,
    fix: 'Give times as 2026-01-31T09:00:00Z and ids whole.',
  })
}
