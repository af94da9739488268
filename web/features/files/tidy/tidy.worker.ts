import type { CodeLanguage } from '../../../ui/code-editor-props.ts'
import { tidyText } from './tidy-text.ts'

self.addEventListener('message', ({ data }: MessageEvent<{ text: string; language: CodeLanguage }>) => {
  void tidyText(data.text, data.language).then((text) => self.postMessage(text))
})
