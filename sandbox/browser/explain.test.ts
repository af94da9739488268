import { expect, test } from 'vitest'
import type { Language } from '../sandbox.ts'
import { lacksOf, whyHere } from './explain.ts'
import { createFrameWorker } from './frame-worker.ts'
import { createWebContainers } from './web-container.ts'

const frame = createFrameWorker({ frameUrl: '/sandbox-frame' })
const containers = createWebContainers({})
const languages: readonly Language[] = ['typescript', 'javascript', 'python']

test.each([
  ['typescript', [frame], /^It is built in, .* runs TypeScript/],
  ['javascript', [frame], /^It is built in, .* runs JavaScript/],
  ['python', [frame], /^It is built in, .* runs Python/],
  ['typescript', [containers, frame], /^This server offers WebContainers, .*: TypeScript runs in a whole Node/],
  ['javascript', [containers, frame], /^This server offers WebContainers, .*: JavaScript runs in a whole Node/],
  ['python', [containers, frame], /^WebContainers run no Python\. The frame-worker is built in, has it/],
] as const)('%s among %o says why it runs where it runs', (language, asked, words) => {
  const chosen = asked.find(({ capabilities }) => capabilities.languages.includes(language))
  if (chosen === undefined) throw new Error('nothing runs it')
  expect(whyHere(chosen, asked, language)).toMatch(words)
})

const lacking = (place: typeof frame, language: Language) => lacksOf(place, language).map(({ what }) => what)

test('every language’s place names what it lacks', () => {
  expect(Object.fromEntries(languages.map((each) => [each, lacking(frame, each)]))).toEqual({
    typescript: ['network', 'packages', 'node', 'terminal', 'memory'],
    javascript: ['network', 'packages', 'node', 'terminal', 'memory'],
    python: ['network', 'packages', 'terminal', 'preview', 'memory'],
  })
  expect(lacking(containers, 'typescript')).toEqual(['memory'])
})

test('whatever is lacking, its sentence names who would give it or that nothing does', () => {
  const nothing = {
    ...frame.capabilities,
    ...{ multiFile: false, processes: false, shims: true, exactColumns: false, preview: false },
  }
  for (const language of languages) {
    const all = lacksOf({ name: 'nothing', capabilities: nothing }, language)
    expect(all.map(({ what }) => what)).toEqual(
      ['network', 'packages', 'node', 'terminal', 'preview', 'memory', 'columns'].filter(
        (what) => what !== 'node' || language !== 'python',
      ),
    )
    for (const { words } of all)
      expect(words).toMatch(/WebContainers|run_code|frame-worker|nothing in a browser|JavaScript/)
    if (language === 'python') expect(all.map(({ words }) => words).join()).not.toMatch(/WebContainers (have|reach)/)
  }
})
