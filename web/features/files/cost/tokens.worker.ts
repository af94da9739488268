import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

/** Marks of the tokenizer's own that stand in a prompt are ordinary text there. */
const asText = { disallowedSpecial: new Set<string>() }

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; text: string }>) => {
  self.postMessage({ id: data.id, tokens: countTokens(data.text, asText) })
})
