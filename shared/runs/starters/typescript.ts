import type { Starter } from './starter.ts'

export const typescriptStarters: readonly Starter[] = [
  {
    id: 'org',
    label: 'Walk an org chart',
    language: 'typescript',
    ends: 'completed',
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
    ends: 'completed',
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
    id: 'test',
    label: 'Test a function',
    language: 'typescript',
    ends: 'completed',
    files: {
      'slug.ts': `/** A title as the end of an address. */
export function slug(title: string): string {
  const plain = title.normalize('NFKD').replace(/\\p{M}/gu, '')
  return plain.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}
`,
    },
    code: `import assert from 'node:assert/strict'
import { slug } from './slug.ts'

const cases: [title: string, wanted: string][] = [
  ['Hello, World', 'hello-world'],
  ['  Two   spaces ', 'two-spaces'],
  ['Crème brûlée', 'creme-brulee'],
  ['C++ & Rust', 'c-rust'],
]

let passed = 0
for (const [title, wanted] of cases) {
  assert.equal(slug(title), wanted)
  console.log('✓', JSON.stringify(title), '→', wanted)
  passed += 1
}
console.log(\`\${passed} of \${cases.length} passed. Break a case to see where it fails.\`)
`,
  },
  {
    id: 'serve',
    label: 'Answer requests, with a preview',
    language: 'typescript',
    ends: 'serves',
    code: `// What is exported as fetch answers the requests of the preview, until you stop it.
const tasks = ['Compare three vendors', 'Write the summary']

const page = () => \`<!doctype html>
<title>Tasks</title>
<style>
  body { font: 15px/1.6 system-ui; margin: 2rem auto; max-width: 26rem; padding: 0 1rem }
  input, button { font: inherit; padding: .25rem .5rem }
</style>
<h1>Tasks</h1>
<ul>\${tasks.map((task) => \`<li>\${task}</li>\`).join('')}</ul>
<form method="post">
  <input name="task" aria-label="Another task" required>
  <button>Add</button>
</form>\`

const escaped = (text: string) => text.replace(/[<>&"]/g, (mark) => \`&#\${mark.charCodeAt(0)};\`)

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    console.log(request.method, pathname)
    if (pathname === '/tasks.json') return Response.json(tasks)
    if (request.method === 'POST') {
      const form = new URLSearchParams(await request.text())
      tasks.push(escaped(form.get('task') ?? ''))
    }
    return new Response(page(), { headers: { 'content-type': 'text/html' } })
  },
}
`,
  },
]
