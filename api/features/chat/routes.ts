import { Router } from 'express'
import { AppError } from '#shared/kernel/app-error.ts'
import { AttachmentId } from '#shared/kernel/ids.ts'
import { sendFile } from '../../kernel/http/send-file.ts'
import { type Door, requireInOrg } from '../../kernel/http/signed-in.ts'
import { openAttachment } from './open-attachment.ts'

/** `GET /orgs/:orgId/attachments/:attachmentId` gives a file of a conversation, to be kept and never to be shown as a page. */
export function chatRoutes(door: Door): Router {
  return Router().get('/orgs/:orgId/attachments/:attachmentId', async (req, res) => {
    const context = await requireInOrg(door, req, req.params.orgId)
    const id = AttachmentId.safeParse(req.params.attachmentId)
    if (!id.success) throw new AppError('not-found', 'There is no such file.')
    const { name, type, content } = await openAttachment(context, id.data)
    res.set('X-Content-Type-Options', 'nosniff')
    await sendFile(res, { name, type, contents: oneOf(content) })
  })
}

async function* oneOf(content: Buffer): AsyncIterable<Buffer> {
  yield content
}
