import type { IncomingMessage } from 'node:http'
import { Router } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import { SnapshotId } from '#shared/kernel/ids.ts'
import { maxSnapshotBytes } from '#shared/snapshots/limits.ts'
import { sendFile } from '../../kernel/http/send-file.ts'
import { type Door, requireInOrg, requireSignedIn } from '../../kernel/http/signed-in.ts'
import { openSnapshot } from './list-snapshots.ts'
import { restoreSnapshot } from './restore-snapshot.ts'

/**
 * `GET /orgs/:orgId/snapshots/:snapshotId` gives the file of a snapshot; `POST /snapshots/restore?name=…` takes one as its
 * body and answers with the fresh org, which the person owns.
 */
export function snapshotRoutes(door: Door): Router {
  return Router()
    .get('/orgs/:orgId/snapshots/:snapshotId', async (req, res) => {
      const context = await requireInOrg(door, req, req.params.orgId)
      const id = SnapshotId.safeParse(req.params.snapshotId)
      if (!id.success) throw new AppError('not-found', 'There is no such snapshot.')
      const { snapshot, file: contents } = await openSnapshot(context, id.data)
      const name = `${snapshot.name}-${snapshot.takenAt.slice(0, 10)}.snapshot.gz`
      await sendFile(res, { name, type: 'application/gzip', contents })
    })
    .post('/snapshots/restore', async (req, res) => {
      const owner = await requireSignedIn(door.callers, req)
      const { name } = req.query
      const file = await readBody(req)
      const restored = await restoreSnapshot(door.db, file, {
        owner,
        name: typeof name === 'string' ? name : undefined,
      })
      res.set('Cache-Control', 'no-store').json(restored)
    })
}

/** Whole, for it is read twice: checked first, then restored. */
async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req) {
    bytes += chunk.length
    if (bytes > maxSnapshotBytes) {
      throw new AppError('too-large', `A snapshot's file has at most ${maxSnapshotBytes / 1024 / 1024} MB.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
