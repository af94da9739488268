import type { LanguageModelV4Message } from '@ai-sdk/provider'
import type { Journal, WorkContext } from '#shared/delegations/journal.ts'
import { conversationOf, entriesOf } from './window.ts'

/** The conversation as the model is sent it; what people are shown of a call is made of the same entries. */
export function messagesOf(journal: Journal, context: WorkContext): LanguageModelV4Message[] {
  return entriesOf(journal, context).map(({ message }) => message)
}

/** How many messages, after the system's, are of turns before this work. */
export function earlierMessages(journal: Journal): number {
  return 2 * conversationOf(journal).turns.length
}
