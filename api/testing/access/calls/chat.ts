import { randomUUID } from 'node:crypto'
import { ConversationId } from '#shared/kernel/ids.ts'
import type { CallsOf } from '../call.ts'
import { inWorkspace } from '../inputs.ts'

export const chat: CallsOf<'chat'> = {
  read: { needs: 'chat.read', input: inWorkspace },
  say: {
    needs: 'chat.write',
    input: (things) => ({
      ...inWorkspace(things),
      ...{ conversationId: ConversationId.parse(randomUUID()), text: 'Is it high tide?', key: randomUUID() },
    }),
    tells: ['delegation.queued'],
  },
  again: {
    needs: 'chat.write',
    input: ({ orgId, delegationId }) => ({ orgId, delegationId }),
    // It was given, and not said in a conversation.
    own: 'not-found',
    tells: ['delegation.queued'],
  },
  comms: { needs: 'delegations.read', input: inWorkspace },
  attach: {
    needs: 'chat.write',
    input: (things) => ({ ...inWorkspace(things), name: 'tides.txt', mediaType: 'text/plain', content: 'VGlkZXM=' }),
    tells: { none: 'It is the work it is sent with that tells of it.' },
  },
  dropAttachment: {
    needs: 'chat.write',
    input: ({ orgId, attachmentId }) => ({ orgId, attachmentId }),
    // It was sent.
    own: 'not-found',
    tells: { none: 'It was told to nobody.' },
  },
}
