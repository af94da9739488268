import type { CodeLanguage } from '../../../ui/code-editor-props.ts'
import TidyWorker from './tidy.worker.ts?worker'

/** Saving does not wait longer for the looks of a text. */
const patienceMs = 5_000

/** Puts a text in order beside the page, which stays free for typing; as it is where that fails or takes too long. */
export function tidyBeside(text: string, language: CodeLanguage): Promise<string> {
  const worker = new TidyWorker()
  return new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve(text), patienceMs)
    const done = (result: string) => {
      clearTimeout(timer)
      resolve(result)
    }
    worker.onmessage = ({ data }: MessageEvent<string>) => done(data)
    worker.onerror = () => done(text)
    worker.postMessage({ text, language })
  }).finally(() => worker.terminate())
}
