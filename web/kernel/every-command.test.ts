import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { OrgId } from '#shared/kernel/ids.ts'
import { controlCommands } from '../features/workspaces/control-commands.ts'
import { type Doing, doingCommands } from '../graph/doing-commands.ts'
import { type Command, type CommandScope, chordsOf, findConflicts, scopeOf } from './commands.ts'
import { chordOf } from './keys.ts'

/** A command as it is written down: what its code says without running it. */
type Written = { id: string; keys: readonly string[]; scope?: CommandScope; isTypingSafe: boolean; file: string }

const web = join(import.meta.dirname, '..')
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.(test|fixture|stories)\.tsx?$/.test(file) && !file.includes('testing/'),
)
const nothing = () => {}
const doing: Doing = {
  ...{ meant: () => [], canPaste: () => false, hasPlacedTeam: () => false, isRoot: () => false, hasMany: () => false },
  ...{ selectAll: nothing, selectNone: nothing, copy: nothing, cut: nothing, paste: nothing, pasteAt: nothing },
  ...{ duplicate: nothing, extract: nothing, align: nothing, distribute: nothing, arrange: nothing, nudge: nothing },
}
/** Files whose commands their code does not say whole: what they make while they run is looked at instead. */
const made: Record<string, readonly Command[]> = {
  'features/workspaces/control-commands.ts': controlCommands(
    OrgId.parse('00000000-0000-4000-8000-000000000001'),
    () => [],
  ),
  'graph/doing-commands.ts': doingCommands(doing),
}
/** In place of the graph's own, where an org has no card yet. */
const firstPaste = 'graph/use-first-paste.ts'
// A command may be written in two forms, of which one is there at a time.
const written = files
  .filter((file) => file !== firstPaste)
  .flatMap((file) => [...new Map(commandsOf(file).map((one) => [one.id, one])).values()])

test('all commands of the app are found, each with an id of its own and in a group', () => {
  expect(written.length).toBeGreaterThan(30)
  const ids = written.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index && !id.includes('$'))).toEqual([])
  for (const { id } of written) expect(id).toMatch(/^[a-z-]+\.([a-z]|\$\{)/)
})

test('no command hides from this: what its code does not say is made here', () => {
  expect(files.filter(hidesCommands).toSorted()).toEqual(Object.keys(made).toSorted())
  for (const [id, ...keys] of [
    ['workspace.freeze', 'Shift+P'],
    ['graph.nudge-ArrowUp', 'Alt+ArrowUp'],
    ['edit.select-all', 'Mod+A'],
    ['edit.redo', 'Mod+Shift+Z', 'Mod+Y'],
  ]) {
    expect(written).toContainEqual(expect.objectContaining({ id, keys }))
  }
})

test('no two commands of one scope claim the same keys', () => {
  expect(findConflicts(written)).toEqual([])
})

test('keys are written as a press of them is heard', () => {
  for (const { id, keys } of written) {
    for (const chord of keys) expect(chordOf(pressOf(chord), false), `${id}: ${chord}`).toBe(chord)
  }
})

test('what is pressed with Alt is heard on a Mac, where Alt makes another sign of the key', () => {
  for (const { id, keys } of written) {
    for (const chord of keys.filter((one) => /^Alt\+(Shift\+)?.$/.test(one))) {
      const press = { ...pressOf(chord), key: '«', code: codes[chord.slice(-1)] ?? `Key${chord.slice(-1)}` }
      expect(chordOf({ ...press, shiftKey: press.shiftKey || chord.endsWith('|') }, true), id).toBe(chord)
    }
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

function commandsOf(file: string): Written[] {
  return made[file]?.map((command) => asWritten(command, file)) ?? commandsIn(file)
}

function asWritten(command: Command, file: string): Written {
  const { id, allowWhileTyping } = command
  return { id, keys: chordsOf(command), scope: scopeOf(command), isTypingSafe: allowWhileTyping === true, file }
}

/** Whether a command in it has keys that are no texts (a name, a template, a call), or parts that stand elsewhere. */
function hidesCommands(file: string): boolean {
  const text = textOf(file)
  if (!text.includes('title') || !text.includes('group:') || !text.includes('kernel/commands.ts')) return false
  let hides = false
  const visit = (node: ts.Node) => {
    if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'keys') hides = true
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'keys' && !isTexts(node.initializer)) hides = true
    if (ts.isObjectLiteralExpression(node)) {
      const own = propertiesOf(node)
      if (own.has('id') && own.has('run') && !(own.has('title') && own.has('group'))) hides = true
    }
    ts.forEachChild(node, visit)
  }
  visit(treeOf(file))
  return hides
}

function isTexts(node: ts.Expression): boolean {
  if (ts.isAsExpression(node)) return isTexts(node.expression)
  if (ts.isArrayLiteralExpression(node)) return node.elements.every(isTexts)
  return ts.isStringLiteral(node)
}

function commandsIn(file: string): Written[] {
  const text = textOf(file)
  if (!text.includes('title') || !text.includes('group:')) return []
  const found: Written[] = []
  const visit = (node: ts.Node) => {
    const own = ts.isObjectLiteralExpression(node) ? commandOf(node, file) : []
    found.push(...own)
    if (own.length === 0) ts.forEachChild(node, visit)
  }
  visit(treeOf(file))
  return found
}

function commandOf(node: ts.ObjectLiteralExpression, file: string): Written[] {
  const own = propertiesOf(node)
  const id = own.get('id')
  if (!id || !own.has('title') || !own.has('group')) return []
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

/** Those of object literals that are spread into it too; of what is worked out when asked, the name alone. */
function propertiesOf(node: ts.ObjectLiteralExpression): Map<string, ts.Expression | undefined> {
  const all = new Map<string, ts.Expression | undefined>()
  for (const part of node.properties) {
    if (ts.isPropertyAssignment(part)) all.set(part.name.getText(), part.initializer)
    else if (ts.isShorthandPropertyAssignment(part)) all.set(part.name.getText(), part.name)
    else if (ts.isGetAccessor(part) || ts.isMethodDeclaration(part)) all.set(part.name.getText(), undefined)
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

function treeOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX)
}

function textOf(file: string): string {
  return readFileSync(join(web, file), 'utf8')
}

/** The keys of the signs that are used with Alt. */
const codes: Record<string, string> = { '\\': 'Backslash', '|': 'Backslash' }

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
