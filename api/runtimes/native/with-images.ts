import type { LanguageModelV4Message } from '@ai-sdk/provider'
import type { GivenFile, Journal, WorkContext } from '#shared/delegations/journal.ts'
import { seesImages } from '#shared/models/sees-images.ts'
import { entriesOf, pictureText } from './window.ts'

/** The bytes of a file that was given with words; undefined where it is gone. */
export type OpenFile = (file: Pick<GivenFile, 'id' | 'sha256'>) => Promise<Uint8Array | undefined>

/** The most tokens any of our providers counts for one picture of the size we take. */
const mostTokens = 50_000

/** What pictures add to the worst case of a call. */
export function imageTokens(journal: Journal, context: WorkContext, model: string): number {
  if (!seesImages(model)) return 0
  return entriesOf(journal, context).flatMap(({ images }) => images).length * mostTokens
}

/** The prompt with pictures where the model sees them. What is gone meanwhile stays the name it was. */
export async function withImages(
  prompt: readonly LanguageModelV4Message[],
  { journal, context, model, openFile }: { journal: Journal; context: WorkContext; model: string; openFile: OpenFile },
): Promise<LanguageModelV4Message[]> {
  if (!seesImages(model)) return [...prompt]
  const entries = entriesOf(journal, context)
  return await Promise.all(
    prompt.map(async (message, index) => {
      const images = entries[index]?.images ?? []
      if (message.role !== 'user' || images.length === 0) return message
      const content = [...message.content]
      for (const { file, part } of images) {
        const data = await openFile(file)
        if (!data) continue
        content[part] = { type: 'text', text: pictureText(file) }
        content.push({
          ...{ type: 'file', filename: file.name, mediaType: file.mediaType },
          data: { type: 'data', data },
        })
      }
      return { ...message, content }
    }),
  )
}
