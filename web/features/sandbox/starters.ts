import type { Language } from '#sandbox/sandbox.ts'

export type Starter = { id: string; label: string; language: Language; code: string }

/** Small programs that each show one thing the sandbox does; the first of a language is what a newcomer finds. */
export const starters: readonly Starter[] = [
  {
    id: 'org',
    label: 'Walk an org chart',
    language: 'typescript',
    code: `type Workspace = { name: string; reports?: Workspace[] }

const org: Workspace = {
  name: 'Lead',
  reports: [
    { name: 'Researcher', reports: [{ name: 'Analyst' }] },
    { name: 'Writer' },
  ],
}

function* walk(workspace: Workspace, depth = 0): Generator<string> {
  yield '  '.repeat(depth) + workspace.name
  for (const report of workspace.reports ?? []) {
    yield* walk(report, depth + 1)
  }
}

for (const line of walk(org)) console.log(line)
`,
  },
  {
    id: 'await',
    label: 'Wait for several things',
    language: 'typescript',
    code: `const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

async function step(name: string, ms: number) {
  await wait(ms)
  console.log(\`\${name} is done\`)
  return { name, ms }
}

const results = await Promise.all([
  step('search', 300),
  step('compare', 150),
  step('write', 450),
])
console.table(results)
`,
  },
  {
    id: 'group',
    label: 'Group and count',
    language: 'javascript',
    code: `const runs = [
  { workspace: 'Researcher', cost: 0.0871, ok: true },
  { workspace: 'Writer', cost: 0.0312, ok: true },
  { workspace: 'Researcher', cost: 0.0188, ok: false },
]

const spend = new Map()
for (const { workspace, cost } of runs) {
  spend.set(workspace, (spend.get(workspace) ?? 0) + cost)
}
console.log(spend)

const failed = runs.filter((run) => !run.ok)
console.warn('%d of %d runs failed', failed.length, runs.length)
`,
  },
  {
    id: 'refused',
    label: 'Meet the sandbox walls',
    language: 'javascript',
    code: `console.log('This runs in a frame with an origin of its own.')

try {
  await fetch('https://example.com')
} catch (error) {
  console.error(error.message)
}

// Uncaught, an error shows its line and how it got there.
const settings = JSON.parse('{ "retries": 3, }')
console.log(settings)
`,
  },
  {
    id: 'python-spend',
    label: 'Sum up spend',
    language: 'python',
    code: `from collections import defaultdict
from statistics import mean

runs = [
    ("Researcher", 0.0871, True),
    ("Writer", 0.0312, True),
    ("Researcher", 0.0188, False),
]

spend = defaultdict(list)
for workspace, cost, ok in runs:
    spend[workspace].append(cost)

for workspace, costs in spend.items():
    print(f"{workspace:<12} {len(costs)} runs  \${sum(costs):.4f}  mean \${mean(costs):.4f}")
`,
  },
  {
    id: 'python-error',
    label: 'Follow an error',
    language: 'python',
    code: `import json


def read_settings(text):
    return json.loads(text)


# Uncaught, an error shows its line and how it got there.
print(read_settings('{"retries": 3}'))
print(read_settings('{"retries": 3,}'))
`,
  },
]

export function firstStarter(language: Language): string {
  return starters.find((starter) => starter.language === language)?.code ?? ''
}
