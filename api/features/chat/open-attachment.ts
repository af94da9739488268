import { AppError } from '#shared/kernel/app-error.ts'
import type { AttachmentId } from '#shared/kernel/ids.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { findAttachment } from './attachments-store.ts'
import { decode } from './read-as-text.ts'

/** A file that was sent, for all who may see the work it was sent with; before that for its uploader alone. */
export async function openAttachment(
  context: OrgContext,
  id: AttachmentId,
): Promise<{ name: string; type: string; content: Buffer }> {
  requireMay(context, 'delegations.read')
  const { actor, db, orgId } = context
  const userId = actor.kind === 'person' ? actor.userId : null
  const found = await inSnapshot(db, orgId, (reader) => findAttachment(reader, id, userId))
  if (!found) throw new AppError('not-found', 'There is no such file.')
  const { name, mediaType, content } = found
  return { name, type: safeType(mediaType, content), content }
}

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** What a browser may be told it is: never a page and never a script, whatever its uploader called it. */
function safeType(mediaType: string, content: Buffer): string {
  if (pictures.has(mediaType)) return mediaType
  return decode(content) === undefined ? 'application/octet-stream' : 'text/plain; charset=utf-8'
}
