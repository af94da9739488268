import { describe, expect, test } from 'vitest'
import { WorkspaceId } from '#shared/kernel/ids.ts'
import { completePrompt, explainInPrompt, lintPrompt, placeNamedAt } from './prompt-help.ts'
import { makeSurroundings } from './surroundings.fixture.ts'

const around = makeSurroundings()

function found(text: string) {
  return lintPrompt(text, around).map(({ code, start, end }) => [code, text.slice(start, end)])
}

function offered(marked: string): string[] {
  const offset = marked.indexOf('|')
  return completePrompt(marked.replace('|', ''), offset, around).map(({ insert }) => insert)
}

describe('completion in a prompt', () => {
  test('offers the variables after two braces, and closes them once', () => {
    expect(offered('You are {{|')).toEqual(['{{name}}', '{{role}}', '{{requester}}', '{{peers}}'])
    const [first] = completePrompt('{{na}}', 4, around)
    expect(first?.at).toEqual({ start: 0, end: 6 })
  })

  test('offers the peers it may talk to after @, and nobody else', () => {
    expect(offered('Ask @|')).toEqual(['Writer', 'Analyst', 'Other lead'])
  })

  test('offers the tools after a backtick, and none after a closed one', () => {
    expect(offered('Call `del|')).toEqual(['delegate_task`', 'run_code`'])
    expect(offered('`a` and |')).toEqual([])
  })

  test('is silent in plain words', () => {
    expect(offered('Plain words|')).toEqual([])
  })
})

describe('what is said about a prompt', () => {
  test.each([
    ['Hand it over with `delegate_tsk`.', [['unknown-tool', 'delegate_tsk']]],
    ['Use `web_search(query)` first.', [['unknown-tool', 'web_search']]],
    ['The column `created_at` is a date.', []],
    ['Use `run_code` or `delegate_task`.', []],
    ['Ask Stranger about it.', [['unreachable-peer', 'Stranger']]],
    ['Delegate the rest to **Stranger**.', [['unreachable-peer', 'Stranger']]],
    ['A Stranger may come by.', []],
    ['Ask Writer, then @Analyst.', []],
    ['You are {{name}}, {{nmae}}.', [['unknown-variable', '{{nmae}}']]],
    ['key: sk-ant-api03-abcdefghijklmnopqrstuvwx', [['secret', 'sk-ant-api03-abcdefghijklmnopqrstuvwx']]],
  ])('%s', (text, findings) => {
    expect(found(text)).toEqual(findings)
  })

  test('says why a peer cannot be reached, and shows it', () => {
    const [finding] = lintPrompt('Ask Stranger.', around)
    expect(finding?.message).toMatch(/^Lead cannot talk to Stranger/)
    expect(finding?.fixes?.map(({ title }) => title)).toEqual(['Show Stranger on the graph'])
  })

  test('mends a name that was nearly right', () => {
    const [finding] = lintPrompt('Call `delegate_tsk`.', around)
    expect(finding?.fixes?.[0]).toMatchObject({ title: 'Change to delegate_task', edits: [{ text: 'delegate_task' }] })
  })

  test('nothing is held against a text while nothing is known', () => {
    expect(lintPrompt('Call `web_search`. Ask Stranger.', makeSurroundings({ tools: [], workspaces: [] }))).toEqual([])
  })

  test('who may keep no secrets is warned all the same', () => {
    const text = 'token = abcd1234efgh5678'
    const [finding] = lintPrompt(text, makeSurroundings({ makeSecret: undefined }))
    expect(finding).toMatchObject({ code: 'secret', fixes: [] })
  })
})

test('a name in the text leads to the workspace it means', () => {
  const gone: string[] = []
  const place = placeNamedAt('Ask Writer.', 6, { ...around, goTo: (id) => gone.push(id) })
  place?.go()
  expect(place?.about).toBe('Writer: Writes')
  expect(gone).toEqual([around.workspaces.find(({ name }) => name === 'Writer')?.id])
  expect(WorkspaceId.safeParse(gone[0]).success).toBe(true)
})

test.each([
  ['{{requester}}', 4, /Who gave the work/],
  ['`run_code`', 4, /Runs code/],
  ['Ask Stranger', 6, /cannot talk/],
])('%s is explained', (text, offset, words) => {
  expect(explainInPrompt(text, offset, around)?.docs).toMatch(words)
})
