import type { Starter } from './starter.ts'

export const javascriptStarters: readonly Starter[] = [
  {
    id: 'group',
    label: 'Group and count',
    language: 'javascript',
    ends: 'completed',
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
    id: 'files',
    label: 'Read and write files',
    language: 'javascript',
    ends: 'completed',
    files: {
      'spend.csv': `workspace,day,cost
Researcher,2026-03-02,0.0871
Writer,2026-03-02,0.0312
Researcher,2026-03-03,0.0188
Analyst,2026-03-03,0.0406
`,
    },
    code: `import { readFileSync, writeFileSync } from 'node:fs'

const [, ...rows] = readFileSync('spend.csv', 'utf8').trim().split('\\n')
const total = {}
for (const row of rows) {
  const [workspace, , cost] = row.split(',')
  total[workspace] = (total[workspace] ?? 0) + Number(cost)
}

const lines = Object.entries(total)
  .sort(([, one], [, other]) => other - one)
  .map(([workspace, cost]) => \`- \${workspace}: $\${cost.toFixed(4)}\`)

writeFileSync('report.md', \`# Spend\\n\\n\${lines.join('\\n')}\\n\`)
console.log(lines.join('\\n'))
console.log('report.md is written: look at it, and keep it if you like.')
`,
  },
  {
    id: 'endless',
    label: 'Loop without an end, to be stopped',
    language: 'javascript',
    ends: 'timed-out',
    code: `// It never ends by itself: press Stop, or wait for the time limit.
let turns = 0
let next = Date.now()

while (true) {
  turns += 1
  if (Date.now() < next) continue
  console.log(\`\${turns.toLocaleString('en')} turns\`)
  next += 1000
}
`,
  },
  {
    id: 'refused',
    label: 'Meet the sandbox walls',
    language: 'javascript',
    ends: 'failed',
    code: `console.log('This runs in a place of its own.')

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
]
