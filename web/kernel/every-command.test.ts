import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { type CommandScope, chordsOf, findConflicts } from './commands.ts'
import { chordOf } from './keys.ts'

/** A command as it is written down: what its code says without running it. */
type Written = { id: string; keys: string[]; scope?: CommandScope; isTypingSafe: boolean; file: string }

const web = join(import.meta.dirname, '..')
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|fixture|stories)\.tsx?$/.test(file) && !file.includes('testing/'),
)
// A command may be written in two forms, of which one is there at a time.
const written = files.flatMap((file) => [...new Map(commandsIn(file).map((one) => [one.id, one])).values()])

test('all commands of the app are found, each with an id of its own and in a group', () => {
  expect(written.length).toBeGreaterThan(30)
  const ids = written.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index && !id.includes('$'))).toEqual([])
  for (const { id } of written) expect(id).toMatch(/^[a-z-]+\.([a-z]|\$\{)/)
})

test('no two commands of one scope claim the same keys', () => {
  expect(findConflicts(written)).toEqual([])
})

test('keys are written as a press of them is heard', () => {
  for (const { id, keys } of written) {
    for (const chord of keys) expect(chordOf(pressOf(chord), false), `${id}: ${chord}`).toBe(chord)
  }
})

test('what works while typing is no letter that a person would type', () => {
  for (const command of written.filter(({ isTypingSafe }) => isTypingSafe)) {
    for (const chord of chordsOf(command)) expect(chord, command.id).toMatch(/^(Mod|Alt)\+|^F\d+$/)
  }
})

test('the keys that browsers keep for themselves are claimed by none', () => {
  const theirs = /^Mod\+(Shift\+)?([TWNQRLP]|Tab|\d)$|^F(5|11|12)$/
  expect(written.flatMap(({ keys }) => keys).filter((chord) => theirs.test(chord))).toEqual([])
})

test('the page has one listener for keys; others hear Escape alone, and only for as long as there is something to leave', () => {
  const listeners = files.filter((file) => /(window|document)\.addEventListener\(\s*'key/.test(textOf(file)))
  expect(listeners).toContain('kernel/commands.ts')
  for (const file of listeners.filter((one) => one !== 'kernel/commands.ts')) {
    const text = textOf(file)
    expect(text.match(/\.key [!=]== '[^']+'/g) ?? [], file).toEqual([expect.stringContaining("'Escape'")])
    expect(text, file).toMatch(/removeEventListener|\.abort\(\)/)
  }
})

function commandsIn(file: string): Written[] {
  const text = textOf(file)
  if (!text.includes('title:') || !text.includes('group:')) return []
  const found: Written[] = []
  const visit = (node: ts.Node) => {
    const own = ts.isObjectLiteralExpression(node) ? commandOf(node, file) : []
    found.push(...own)
    if (own.length === 0) ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX))
  return found
}

function commandOf(node: ts.ObjectLiteralExpression, file: string): Written[] {
  const own = propertiesOf(node)
  const [id, title, group] = [own.get('id'), own.get('title'), own.get('group')]
  if (!id || !title || !group) return []
  const keys = textsIn(own.get('keys'))
  const scope = textsIn(own.get('scope'))[0]
  return [
    {
      ...{ id: id.getText().replace(/^['"`]|['"`]$/g, ''), keys, file },
      isTypingSafe: own.get('allowWhileTyping')?.kind === ts.SyntaxKind.TrueKeyword,
      ...(scope === 'graph' || scope === 'editor' ? { scope } : {}),
    },
  ]
}

/** Those of object literals that are spread into it too. */
function propertiesOf(node: ts.ObjectLiteralExpression): Map<string, ts.Expression> {
  const all = new Map<string, ts.Expression>()
  for (const part of node.properties) {
    if (ts.isPropertyAssignment(part)) all.set(part.name.getText(), part.initializer)
    else if (ts.isShorthandPropertyAssignment(part)) all.set(part.name.getText(), part.name)
    else if (ts.isSpreadAssignment(part) && ts.isObjectLiteralExpression(part.expression)) {
      for (const [name, value] of propertiesOf(part.expression)) all.set(name, value)
    }
  }
  return all
}

function textsIn(node: ts.Node | undefined): string[] {
  if (!node) return []
  if (ts.isStringLiteral(node)) return [node.text]
  const texts: string[] = []
  ts.forEachChild(node, (child) => void texts.push(...textsIn(child)))
  return texts
}

function textOf(file: string): string {
  return readFileSync(join(web, file), 'utf8')
}

/** The press on a keyboard of the United States that such a chord stands for. */
function pressOf(chord: string) {
  const parts = chord.split(/\+(?!$)/)
  const key = parts.at(-1) ?? ''
  const has = (name: string) => parts.includes(name)
  return {
    key: key === 'Space' ? ' ' : key,
    code: /^[A-Z]$/.test(key) ? `Key${key}` : '',
    ...{ ctrlKey: has('Mod'), metaKey: false, altKey: has('Alt'), shiftKey: has('Shift') },
  }
}
