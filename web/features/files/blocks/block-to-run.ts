import type { TextPlace } from '../../../ui/code-help.ts'
import { type FencedBlock, fencedBlockAt, fencedBlocks } from './fenced-blocks.ts'

/** The code to open at a line, or in words why there is none. */
export type BlockToRun =
  | { kind: 'found'; language: string; text: string }
  | { kind: 'refused'; title: string; detail: string }

type Knows = (language: string) => boolean

export function blockToRun({ text, line }: TextPlace, knows: Knows): BlockToRun {
  const block = fencedBlockAt(text, line)
  if (!block) return refused('The cursor is in no code block', 'Put it into code between ``` and ```, then try again.')
  const { language, code } = block
  if (language === '') return refused('This code block names no language', 'Write ts, js or python after its ```.')
  if (!knows(language)) return refused(`Run does not know ${language}`, 'It runs TypeScript, JavaScript and Python.')
  if (code.trim() === '') return refused('This code block is empty', 'Write some code into it first.')
  return { kind: 'found', language, text: code }
}

/** The lines where code begins that can be opened. */
export function linesToRun(text: string, knows: Knows): number[] {
  const canRun = ({ language, code }: FencedBlock) => knows(language) && code.trim() !== ''
  return fencedBlocks(text)
    .filter(canRun)
    .map(({ from }) => from)
}

function refused(title: string, detail: string): BlockToRun {
  return { kind: 'refused', title, detail }
}
