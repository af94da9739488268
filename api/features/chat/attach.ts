import { createHash } from 'node:crypto'
import type { Attach, Attached } from '#shared/chat/contract.ts'
import { maxAttachmentBytes, maxAttachmentsBytes, maxFilesChars } from '#shared/chat/limits.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { AttachmentId } from '#shared/kernel/ids.ts'
import { imageTypeOf, isImageType } from '#shared/models/sees-images.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { requireStorage } from '../../kernel/limits/quota-store.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { requireWorkspace } from '../workspaces/index.ts'
import { bytesAttached, deleteUnsent, eraseForgotten, insertAttachment } from './attachments-store.ts'
import { personOf } from './person.ts'
import { decode, readAsText } from './read-as-text.ts'

/** Keeps a file until it is sent with words; a secret in a text is masked before it is kept. */
export async function attach(context: OrgContext, input: Omit<Attach, 'orgId'>): Promise<Attached> {
  requireMay(context, 'chat.write')
  const userId = personOf(context)
  const { workspaceId, name } = input
  const given = Buffer.from(input.content, 'base64')
  const mediaType = typeOf(given, input.mediaType)
  if (given.length === 0) throw new AppError('bad-input', `${name} is empty.`, { field: 'content' })
  if (given.length > maxAttachmentBytes) throw tooLarge(name)
  const id = AttachmentId.parse(uuidv7())
  return await inTransaction(context, async (tx) => {
    await Promise.all([requireWorkspace(tx, workspaceId), requireStorage(tx), eraseForgotten(tx)])
    const content = masked(tx, given)
    if (content.length > maxAttachmentBytes) throw tooLarge(name)
    if ((await bytesAttached(tx)) + content.length > maxAttachmentsBytes) throw full()
    const sha256 = createHash('sha256').update(content).digest('hex')
    await insertAttachment(tx, { id, workspaceId, userId, name, mediaType, sha256, content })
    const { missing } = readAsText(content, maxFilesChars)
    return { id, name, mediaType, bytes: content.length, missing, isMasked: content !== given }
  })
}

/** Takes back what was not sent. */
export async function dropAttachment(context: OrgContext, id: AttachmentId): Promise<void> {
  requireMay(context, 'chat.write')
  const userId = personOf(context)
  const isDropped = await inTransaction(context, (tx) => deleteUnsent(tx, id, userId))
  if (!isDropped) throw new AppError('not-found', 'There is no such file that was not sent yet.')
}

function masked({ redactor }: Tx, content: Buffer): Buffer {
  const text = redactor.isEmpty ? undefined : decode(content)
  if (text === undefined) return content
  const shown = redactor.text(text)
  return shown === text ? content : Buffer.from(shown)
}

/** A picture is what its bytes say; what calls itself one and is none is only bytes. */
function typeOf(content: Buffer, said: string): string {
  return imageTypeOf(content) ?? (isImageType(said) ? 'application/octet-stream' : said)
}

function tooLarge(name: string): AppError {
  return new AppError('too-large', `${name} is larger than ${maxAttachmentBytes / 1024 / 1024} MB.`, {
    field: 'content',
    fix: 'Attach the part that matters.',
  })
}

function full(): AppError {
  const words = `The conversations of this organisation hold ${maxAttachmentsBytes / 1024 / 1024} MB of files, which is all they may.`
  return new AppError('too-large', words, {
    fix: 'Give the text itself, or put the file among those of the workspace.',
  })
}
