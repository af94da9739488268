import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'))

/** Each rule broken once: a file, and what it must not import. `type` marks an import of types only. */
const seeds = [
  [
    'no-circle',
    'shared/orgs/ring-a.ts',
    '#shared/orgs/ring-b.ts',
    { and: ['shared/orgs/ring-b.ts', '#shared/orgs/ring-a.ts'] },
  ],
  ['no-import-in-the-dark', 'api/models/lost.ts', './nowhere.ts', { unwritten: true }],
  ['shared-is-ground', 'shared/orgs/reaches.ts', '#api/kernel/clock.ts', { type: true }],
  ['shared-kernel-is-floor-one', 'shared/kernel/knows.ts', '#shared/orgs/contract.ts'],
  ['sandbox-knows-only-shared', 'sandbox/server/pool.ts', '#api/kernel/clock.ts'],
  ['one-door-to-webcontainer', 'sandbox/browser/choose.ts', '@webcontainer/api'],
  ['one-door-to-monaco', 'web/features/files/pane.ts', 'monaco-editor'],
  ['api-never-imports-up', 'api/kernel/screen.ts', '#web/kernel/storage.ts'],
  ['web-takes-one-type-from-api', 'web/features/files/peek.ts', '#api/router.ts', { type: true }],
  ['web-takes-only-the-router', 'web/kernel/trpc.ts', '#api/kernel/clock.ts', { type: true }],
  ['and-only-as-a-type', 'web/kernel/trpc.ts', '#api/router.ts'],
  ['web-runs-no-server-sandbox', 'web/features/files/boot.ts', '#sandbox/server/bubblewrap.ts'],
  ['kernel-knows-no-feature', 'api/kernel/knows.ts', '../features/orgs/index.ts'],
  ['ui-knows-no-product', 'web/ui/button.ts', '#shared/orgs/contract.ts', { type: true }],
  ['features-know-no-root', 'api/features/orgs/up.ts', '../../router.ts'],
  ['graph-knows-no-app', 'web/graph/graph-pane.ts', '../app/routes.ts'],
  ['features-meet-at-the-door', 'api/features/moves/behind.ts', '../orgs/store.ts', { type: true }],
  ['door-opens-outward', 'api/features/orgs/own-door.ts', './index.ts'],
  ['files-lie-below-workspaces', 'api/features/files/owner.ts', '../workspaces/index.ts'],
  ['floor-1-never-climbs', 'api/features/orgs/climb.ts', '../files/index.ts'],
  ['floor-2-never-climbs', 'web/features/workspaces/climb.ts', '../secrets/index.ts'],
  ['floor-3-never-climbs', 'api/features/budgets/climb.ts', '../delegations/index.ts', { type: true }],
  ['floor-4-never-climbs', 'api/features/moves/climb.ts', '../templates/index.ts'],
  ['floor-5-never-climbs', 'api/features/chat/climb.ts', '../audit/index.ts'],
  ['sql-lives-in-stores', 'api/features/orgs/rename.ts', '../../kernel/sql.ts'],
  ['only-the-kernel-opens-postgres', 'api/features/orgs/connect.ts', 'pg'],
  ['rules-are-pure', 'api/features/orgs/policy.ts', 'pg'],
  ['rules-call-nothing-of-node', 'shared/delegations/decide.ts', 'node:fs'],
  ['only-the-sandbox-spawns', 'api/features/orgs/spawn.ts', 'node:child_process'],
  ['one-fetch-goes-out', 'api/features/channels/send.ts', 'node:https'],
  ['live-code-never-imports-tests', 'api/features/orgs/cheat.ts', './orgs.test.ts'],
  ['tests-import-no-room', 'tests/journeys/peek.ts', '#shared/orgs/contract.ts', { type: true }],
  ['the-story-takes-only-types', 'tests/story/peek.ts', '#shared/orgs/contract.ts'],
]

/** What must stay allowed, so that no rule fires at everything. */
const lawful = [
  ['api/features/delegations/delegate.ts', '../budgets/index.ts'],
  ['api/features/workspaces/read-file.ts', '../files/index.ts'],
  ['api/features/orgs/store.ts', '../../kernel/sql.ts'],
  ['api/features/files/version-store.ts', '../../kernel/sql.ts'],
  ['api/kernel/pool.ts', 'pg'],
  ['sandbox/browser/web-container.ts', '@webcontainer/api'],
  ['web/ui/code-editor.tsx', 'monaco-editor'],
  ['sandbox/server/run.ts', 'node:child_process'],
  ['api/features/orgs/orgs.test.ts', '../../testing/factory.ts'],
  ['tests/bench/graph.ts', '#web/graph/layout.ts'],
]

const tree = realpathSync(mkdtempSync(join(tmpdir(), 'delegraph-directions-')))
const broken = new Map()

beforeAll(async () => {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  write('package.json', JSON.stringify({ type: 'module', imports }))
  for (const [, file, target, how = {}] of seeds) {
    append(file, target, how)
    if (how.and) append(...how.and)
  }
  for (const [file, target] of lawful) append(file, target)
  const { output } = await cruise(
    ['shared', 'sandbox', 'api', 'web', 'tests'],
    { ...config.options, cache: false, baseDir: tree, validate: true, ruleSet: { forbidden: config.forbidden } },
    {},
    { tsConfig: { options: {} } },
  )
  for (const { rule, from, to } of output.summary.violations) {
    broken.set(rule.name, [...(broken.get(rule.name) ?? []), { from, to }])
  }
}, 30_000)

afterAll(() => rmSync(tree, { recursive: true, force: true }))

test('every rule is seeded once', () => {
  const rules = config.forbidden.map(({ name }) => name)
  expect(seeds.map(([name]) => name).sort()).toEqual(rules.sort())
})

describe('a rule fires when it is broken', () => {
  test.each(seeds)('%s: %s imports %s', (name, file) => {
    expect((broken.get(name) ?? []).map(({ from }) => from)).toContain(file)
  })
})

test.each(lawful)('%s may import %s', (file) => {
  expect([...broken].filter(([, found]) => found.some(({ from }) => from === file))).toEqual([])
})

function append(file, target, { type = false, unwritten = false } = {}) {
  const name = `x${Math.abs(file.length * 31 + target.length)}`
  write(
    file,
    `import ${type ? 'type ' : ''}{ ${name} } from '${target}'\nexport const used: ${name} = ${type ? '0' : name}\n`,
  )
  if (!unwritten) writeTarget(file, target)
}

/** What is imported must exist: a bare package gets a stub, a file an empty body unless a seed wrote it already. */
function writeTarget(file, target) {
  if (target.startsWith('node:')) return
  if (target.startsWith('#')) return write(target.slice(1), '')
  if (target.startsWith('.')) return write(join(dirname(file), target), '')
  write(`node_modules/${target}/package.json`, JSON.stringify({ name: target, main: 'index.js' }))
  write(`node_modules/${target}/index.js`, '')
}

/** Files grow, as one may break several rules. */
function write(path, text) {
  mkdirSync(join(tree, dirname(path)), { recursive: true })
  writeFileSync(join(tree, path), text, { flag: path.endsWith('.json') ? 'w' : 'a' })
}
