import { once } from 'node:events'
import { symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { planImport, toReport } from '#shared/templates/plan.ts'
import { readTemplate } from './read-template.ts'
import { makeTemplateFolder } from './template-folder.fixture.ts'

const made: (() => void)[] = []
afterEach(() => {
  for (const remove of made.splice(0)) remove()
})

function folder(files: Readonly<Record<string, string>>): string {
  const { dir, remove } = makeTemplateFolder(files)
  made.push(remove)
  return dir
}
const read = (files: Readonly<Record<string, string>>) => readTemplate(folder(files))
const errorsOf = (files: Readonly<Record<string, string>>) => read(files).errors

describe('a template', () => {
  test('is read with its includes, relative to the including file, in file order', () => {
    const template = read({
      'org.yaml': 'name: Org\nworkspaces:\n  - !include teams/lead.yaml\n  - name: Alone\n',
      'teams/lead.yaml': 'name: Lead\nchildren:\n  - !include ../roles/writer.yaml\n  - !include more/qa.yaml\n',
      'teams/more/qa.yaml': 'name: QA\n',
      'roles/writer.yaml': 'name: Writer\n',
    })
    expect(template.errors).toEqual([])
    const report = toReport(planImport({ template, current: [], keys: new Set(), missingKeys: 'warn' }))
    expect(report.workspaces.map(({ name, parent }) => [name, parent])).toEqual([
      ['Lead', null],
      ['Writer', 'Lead'],
      ['QA', 'Lead'],
      ['Alone', null],
    ])
  })

  test('brings the Markdown and config of its folder, and a made config where there is none', () => {
    const template = read({
      'org.yaml':
        'name: Org\nworkspaces:\n  - name: A\n    files_dir: a\n    children: [{ name: B, files_dir: a/b, plugins: [p] }]\n',
      'a/system-prompt.md': '\uFEFFYou are A.\r\n',
      'a/config.yaml': 'model: x\n',
      'a/notes/style.md': 'Short.',
      'a/secret.txt': 'no',
      'a/.env': 'KEY=value',
      'a/b/system-prompt.md': 'You are B.',
    })
    const [a, b] = template.workspaces.map(({ files }) =>
      Object.fromEntries(files.map((file) => [file.path, file.text])),
    )
    expect(a).toEqual({ 'config.yaml': 'model: x\n', 'notes/style.md': 'Short.', 'system-prompt.md': 'You are A.\n' })
    expect(b?.['system-prompt.md']).toBe('You are B.')
    expect(b?.['config.yaml']).toMatch(/^plugins:\n {2}- p$/m)
    expect(JSON.stringify(template)).not.toContain('value')
  })

  test('takes prompts from files, the inline ones first', () => {
    const template = read({
      'org.yaml': `name: Org
defaults: { initial_prompt_file: default.md }
workspaces:
  - { name: A, files_dir: a, initial_prompt_file: start.md, idle_prompt: inline, idle_prompt_file: gone.md }
  - { name: B, files_dir: a, schedules: [{ name: s, cron_expr: "0 9 * * *", prompt_file: daily/s.md }] }
`,
      'default.md': 'default',
      'a/start.md': 'own\r\nline',
      'a/daily/s.md': 'scheduled',
    })
    expect(template.errors).toEqual([])
    expect(template.workspaces.map(({ declared }) => [declared.initialPrompt, declared.idlePrompt])).toEqual([
      ['own\nline', 'inline'],
      ['default', ''],
    ])
    expect(template.workspaces[1]?.declared.schedules[0]?.prompt).toBe('scheduled')
  })

  test('keeps references as they are; only names in an .env file matter', () => {
    const template = read({
      'org.yaml': `name: Org
workspaces:
  - name: A
    files_dir: a
    channels:
      - { type: slack, config: { t: "\${T}", u: "\${U}" } }
      - { type: telegram, config: { v: "\${V}" } }
`,
      '.env': 'T=topsecret\n',
      'a/.env': 'U=alsosecret\n',
      'a/system-prompt.md': 'x',
    })
    expect(template.warnings).toEqual(['org.yaml:7:9: A: the channel telegram is kept but not linked until V is set.'])
    expect(JSON.stringify(template)).not.toMatch(/topsecret|alsosecret/)
  })
})

describe('what is wrong with a template is said with file, line and column', () => {
  test('broken YAML', () => {
    expect(errorsOf({ 'org.yaml': 'name: Org\nworkspaces:\n  - name: "A\n' })[0]).toMatch(/^org\.yaml:\d+:\d+: /)
    expect(errorsOf({ 'org.yaml': 'name: Org\nname: Again\n' })[0]).toMatch(/^org\.yaml:2:1: .*"name" is there twice/)
    const included = errorsOf({
      'org.yaml': 'name: Org\nworkspaces: [!include a.yaml]\n',
      'a.yaml': 'name: A\n  x: [\n',
    })
    expect(included[0]).toMatch(/^a\.yaml:\d+:\d+: /)
  })

  test('a tag that is not !include, such as an opt-out without quotes', () => {
    const [plugin] = errorsOf({ 'org.yaml': 'name: O\nworkspaces:\n  - name: A\n    plugins:\n      - !careful\n' })
    expect(plugin).toMatch(/^org\.yaml:5:9: !careful without quotes is a YAML tag/)
    expect(errorsOf({ 'org.yaml': 'name: !!js/function "function(){}"\n' })[0]).toMatch(/is a YAML tag/)
    expect(errorsOf({ 'org.yaml': 'name: O\n__proto__: { polluted: 1 }\n' })[0]).toMatch(/^org\.yaml:2:1: .*__proto__/)
  })

  test('seven missing files at once, all of them and nothing else', () => {
    const includes = Array.from({ length: 7 }, (_, index) => `  - !include missing-${index}.yaml`)
    const errors = errorsOf({ 'org.yaml': ['name: Org', 'workspaces:', ...includes].join('\n') })
    expect(errors).toEqual(
      includes.map(
        (_, index) => `org.yaml:${index + 3}:14: Cannot include "missing-${index}.yaml": there is no such file.`,
      ),
    )
  })

  test('missing prompts, each at its field', () => {
    const errors = errorsOf({
      'org.yaml': 'name: O\nworkspaces:\n  - name: A\n    initial_prompt_file: x.md\n    idle_prompt_file: y.md\n',
    })
    expect(errors).toEqual([
      'org.yaml:4:5: File "x.md": there is no such file.',
      'org.yaml:5:5: File "y.md": there is no such file.',
    ])
  })

  test('an include cycle, of one file and of several', () => {
    expect(errorsOf({ 'org.yaml': 'name: O\nworkspaces: [!include org.yaml]\n' })).toEqual([
      'org.yaml:2:23: Cannot include "org.yaml": the files include each other (org.yaml → org.yaml).',
    ])
    const errors = errorsOf({
      'org.yaml': 'name: O\nworkspaces: [!include a.yaml]\n',
      'a.yaml': 'name: A\nchildren: [!include b.yaml]\n',
      'b.yaml': 'name: B\nchildren: [!include a.yaml]\n',
    })
    expect(errors).toEqual([
      'b.yaml:2:21: Cannot include "a.yaml": the files include each other (org.yaml → a.yaml → b.yaml → a.yaml).',
    ])
  })

  test('includes nested deeper than 16; 16 are fine', () => {
    const chain = (length: number) => {
      const files: Record<string, string> = { 'org.yaml': 'name: O\nworkspaces: [!include 1.yaml]\n' }
      for (let n = 1; n < length; n++) files[`${n}.yaml`] = `name: W${n}\nchildren: [!include ${n + 1}.yaml]\n`
      files[`${length}.yaml`] = 'name: Last\n'
      return files
    }
    expect(errorsOf(chain(16))).toEqual([])
    expect(errorsOf(chain(17))).toEqual(['16.yaml:2:21: Cannot include "17.yaml": includes are nested deeper than 16.'])
  })

  test.each([
    ['../../etc/passwd', /leads out of the template folder/],
    ['/etc/passwd', /is an absolute path/],
    ['"C:\\\\x.yaml"', /is an absolute path/],
    ['link.yaml', /is a link that leads out/],
    ['"a\\0b"', /NUL/],
    ['folder', /is not a file/],
    ['socket', /is not a file/],
    ['""', /is empty/],
  ])('an include of %s', async (reference, expected) => {
    const dir = folder({ 'org.yaml': `name: O\nworkspaces: [!include ${reference}]\n`, 'folder/x.md': '' })
    symlinkSync('/etc/passwd', join(dir, 'link.yaml'))
    const server = createServer().listen(join(dir, 'socket'))
    await once(server, 'listening')
    const { errors } = readTemplate(dir)
    server.close()
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(/^org\.yaml:2:23: Cannot include/)
    expect(errors[0]).toMatch(expected)
  })

  test('a prompt, a folder or a file of a folder that leads out', () => {
    const dir = folder({
      'org.yaml': `name: O
workspaces:
  - { name: A, files_dir: a, initial_prompt_file: ../b.md }
  - { name: B, files_dir: ../.. }
  - { name: C, files_dir: /etc }
  - { name: D, files_dir: d, initial_prompt: inline, initial_prompt_file: /etc/passwd }
`,
      'a/x.md': '',
      'b.md': 'b',
      'd/x.md': '',
    })
    symlinkSync('/etc/passwd', join(dir, 'd', 'passwd.md'))
    const { errors, workspaces } = readTemplate(dir)
    expect(errors.map((error) => error.replace(/^org\.yaml:(\d+):\d+: /, '$1 '))).toEqual([
      '3 File "../b.md": leads out of the folder of its workspace.',
      '4 files_dir "../..": leads out of the template folder.',
      '5 files_dir "/etc": is an absolute path; give one inside the template folder.',
      '6 File "/etc/passwd": is an absolute path; give one inside the template folder.',
      '6 d/passwd.md is a link that leads out of the template folder.',
    ])
    expect(JSON.stringify(workspaces)).not.toContain('root:')
  })

  test('a file that is too large, or not text', () => {
    const large = 'x'.repeat(10_000_000)
    expect(errorsOf({ 'org.yaml': `name: O\ndescription: ${large}\n` })[0]).toMatch(
      /org\.yaml is 9\.5 MiB; a file may have 1\.0 MiB/,
    )
    expect(
      errorsOf({ 'org.yaml': 'name: O\nworkspaces: [{ name: A, files_dir: a }]\n', 'a/big.md': large })[0],
    ).toMatch(/^org\.yaml:2:25: a\/big\.md is 9\.5 MiB/)
    const dir = folder({ 'org.yaml': 'name: O\nworkspaces: [{ name: A, files_dir: a }]\n', 'a/x.md': '' })
    writeFileSync(join(dir, 'a', 'x.md'), Buffer.from([0xff, 0xfe, 0xfd]))
    expect(readTemplate(dir).errors[0]).toMatch(/a\/x\.md is not UTF-8 text/)
  })

  test('a bomb of aliases, of includes and of brackets, quickly', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) =>
        `a${n}: &a${n} [${Array(9)
          .fill(n ? `*a${n - 1}` : 'lol')
          .join(', ')}]`,
    )
    expect(errorsOf({ 'org.yaml': `name: O\n${levels.join('\n')}\n` })[0]).toMatch(/anchors and aliases multiply/)
    const files: Record<string, string> = { 'org.yaml': 'name: O\nworkspaces: [!include 1.yaml, !include 1.yaml]\n' }
    for (let n = 1; n < 16; n++)
      files[`${n}.yaml`] = `name: W\nchildren: [!include ${n + 1}.yaml, !include ${n + 1}.yaml]\n`
    files['16.yaml'] = 'name: W\n'
    expect(errorsOf(files).join('\n')).toMatch(/includes more than 2500 files|more than 2000 workspaces/)
    expect(errorsOf({ 'org.yaml': `name: ${'['.repeat(50_000)}` })[0]).toMatch(/^org\.yaml:\d+:\d+: /)
  })

  test('a config.yaml that the app would not save', () => {
    const errors = errorsOf({
      'org.yaml': 'name: O\nworkspaces: [{ name: A, files_dir: a }]\n',
      'a/config.yaml': 'model: x\ntier: 12\n',
    })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(/^org\.yaml:2:25: a\/config\.yaml: config\.yaml, line 2, column 7: tier/)
  })

  test('a rehearsal script that does not hold', () => {
    const errors = errorsOf({
      'org.yaml': 'name: O\nworkspaces: [{ name: A }]\n',
      'rehearsal.yaml': 'version: 1\nscripts:\n  - workspace: A\n    when: {}\n    turns: []\n',
    })
    expect(errors.map((error) => error.slice(0, 19))).toEqual(['rehearsal.yaml:4:11', 'rehearsal.yaml:5:12'])
  })

  test('no org.yaml, and a folder that is not there', () => {
    expect(errorsOf({ 'readme.md': '' })).toEqual(['org.yaml is missing in this folder.'])
    expect(() => readTemplate('/nowhere/at/all')).toThrow(expect.objectContaining({ code: 'bad-input', field: 'DIR' }))
  })
})

test('a folder of a workspace that is missing is a warning: the rest of a half-checked-out template still imports', () => {
  const template = read({ 'org.yaml': 'name: O\nworkspaces: [{ name: A, files_dir: gone }]\n' })
  expect(template.errors).toEqual([])
  expect(template.warnings).toEqual(['org.yaml:2:25: files_dir "gone": there is no such folder.'])
})

test('merge keys and anchors work as they do elsewhere', () => {
  const template = read({
    'org.yaml':
      'name: O\nworkspaces:\n  - &base { name: A, tier: 4, plugins: [p] }\n  - { <<: *base, name: B, tier: 1 }\n',
  })
  expect(template.errors).toEqual([])
  expect(template.workspaces.map(({ path, declared }) => [path, declared.tier, declared.plugins])).toEqual([
    [['A'], 4, ['p']],
    [['B'], 1, ['p']],
  ])
})

test('the demo org is a template like any other: one lead, five reports, prompts worth reading, a script that holds', () => {
  const template = readTemplate(join(import.meta.dirname, 'library', 'launch-team'))
  expect([template.errors, template.warnings]).toEqual([[], []])
  expect(template.workspaces.filter(({ path }) => path.length === 2)).toHaveLength(5)
  for (const { files } of template.workspaces) {
    const lines = files.find(({ path }) => path === 'system-prompt.md')?.text.split('\n').length ?? 0
    expect(lines).toBeGreaterThanOrEqual(25)
    expect(lines).toBeLessThanOrEqual(60)
  }
  expect(template.rehearsal).toContain('opening:')
})
