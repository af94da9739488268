import type { Bench } from './bench.ts'

const benches: Record<string, () => Promise<Bench>> = {
  auth: async () => (await import('./auth/run-auth-bench.ts')).runAuthBench(),
  startup: async () => (await import('./startup.ts')).runStartupBench(),
  events: async () => (await import('./events.ts')).runEventsBench(),
  graph: async () => (await import('./graph.ts')).runGraphBench(),
  editor: async () => (await import('./editor.ts')).runEditorBench(),
  engine: async () => (await import('./engine.ts')).runEngineBench(),
  'sandbox-browser': async () => (await import('./sandbox-browser.ts')).runBrowserSandboxBench(),
  'sandbox-server': async () => (await import('./sandbox-server.ts')).runServerSandboxBench(),
  bundle: async () => (await import('./bundle.ts')).runBundleBench(),
}

const words = process.argv.slice(2)
const name = words.find((word) => !word.startsWith('-')) ?? ''
const unknown = words.filter((word) => word.startsWith('-') && word !== '--json')
const run = Object.hasOwn(benches, name) ? benches[name] : undefined

if (!run || unknown.length > 0) {
  const what = unknown.length > 0 ? `There is no option ${unknown[0]}.` : `There is no bench "${name}".`
  console.error(`${what} Use: npm run bench -- ${Object.keys(benches).join('|')} [--json]`)
  process.exitCode = 2
} else {
  const { figures, baseline } = await run()
  if (words.includes('--json')) console.log(JSON.stringify({ bench: name, figures, baseline }))
  else show(name, figures, baseline)
}

function show(title: string, figures: Record<string, number>, baseline: Record<string, number>): void {
  console.log(title)
  for (const [figure, value] of Object.entries(figures)) console.log(`  ${figure.padEnd(28)} ${value}`)
  console.log('compared with')
  for (const [figure, value] of Object.entries(baseline)) console.log(`  ${figure.padEnd(28)} ${value}`)
}
