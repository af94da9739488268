// The direction of imports is law here. Each rule is a sentence; docs/ARCHITECTURE.md tells the story they add up to.
// scripts/direction-rules.test.mjs breaks each of them once and sees it fire: add your seed there with a new rule.

const test = '\\.(test|fixture)\\.(ts|tsx|mjs)$'
const testing = '(^|/)(tests|testing|contract|hostile|(contract|hostile)-suite\\.ts)(/|$)'
/** Features by floor; one uses only the doors of floors below. What only reads the event log stands above all. */
const floors = [
  'orgs|people|acts',
  'workspaces|files|drafts',
  'secrets|memory|budgets|approvals|plugins|keys|models|mcp|tools',
  'delegations|moves',
  'chat|notify|schedules|channels|templates|snapshots|undo|copies|runs',
  'audit|usage|past|notices|onboarding|views',
]

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const floorRules = floors
  .slice(0, -1)
  .map((features, index) =>
    rule(
      `floor-${index + 1}-never-climbs`,
      `Features of floor ${index + 1} (${features.replaceAll('|', ', ')}) know nothing of the floors above them.`,
      { path: `^(api|web)/features/(${features})/` },
      { path: `^$1/features/(${floors.slice(index + 1).join('|')})/` },
    ),
  )

module.exports = {
  forbidden: [
    rule(
      'no-circle',
      'What imports each other in a circle cannot be understood, tested or loaded one by one.',
      {},
      { circular: true },
    ),
    rule(
      'no-import-in-the-dark',
      'An import that resolves to nothing escapes every other rule here.',
      {},
      { couldNotResolve: true, pathNot: '^(virtual:|\\./\\$types)|\\?' },
    ),

    rule(
      'shared-is-ground',
      'shared/ stands on zod and itself, so that both sides can stand on it. Pure readers of a format (yaml) or a shared text (yjs) count as ground.',
      { path: '^shared/', pathNot: test },
      { pathNot: '^shared/|(^|/)node_modules/(zod|yaml|yjs)/' },
    ),
    rule(
      'shared-kernel-is-floor-one',
      'shared/kernel/ holds words without a subject; it knows no noun.',
      { path: '^shared/kernel/', pathNot: test },
      { path: '^shared/', pathNot: '^shared/kernel/' },
    ),
    rule(
      'sandbox-knows-only-shared',
      'sandbox/ runs code for anybody; it knows neither server nor screen.',
      { path: '^sandbox/' },
      { path: '^(api|web|tests|scripts)/|(^|/)node_modules/(react|react-dom|express)/' },
    ),
    rule(
      'one-door-to-webcontainer',
      'Only sandbox/browser/web-container.ts speaks to WebContainers.',
      { pathNot: '^sandbox/browser/web-container\\.ts$' },
      { path: '(^|/)node_modules/@webcontainer/' },
    ),
    rule(
      'one-door-to-monaco',
      'Only the code editor of web/ui/ speaks to Monaco, so that it loads once, lazily, and can be replaced.',
      { pathNot: '^web/ui/(code-editor|monaco)' },
      { path: '(^|/)node_modules/monaco-' },
    ),

    rule(
      'api-never-imports-up',
      'The control plane knows no screen, no test and no browser.',
      { path: '^api/' },
      { path: '^(web|tests|scripts)/|^sandbox/browser/' },
    ),
    rule(
      'web-takes-one-type-from-api',
      'The screen knows the server by one type: AppRouter, in web/kernel/trpc.ts.',
      { path: '^web/', pathNot: '^web/kernel/trpc\\.ts$' },
      { path: '^api/' },
    ),
    rule(
      'web-takes-only-the-router',
      'web/kernel/trpc.ts takes AppRouter and nothing else.',
      { path: '^web/kernel/trpc\\.ts$' },
      { path: '^api/', pathNot: '^api/router\\.ts$' },
    ),
    rule(
      'and-only-as-a-type',
      'What the screen takes from the server must vanish when it is built.',
      { path: '^web/' },
      { path: '^api/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'web-runs-no-server-sandbox',
      'sandbox/server/ needs an operating system.',
      { path: '^web/' },
      { path: '^sandbox/server/' },
    ),

    rule(
      'kernel-knows-no-feature',
      'The kernel is what features stand on.',
      { path: '^(api|web)/kernel/', pathNot: test },
      { path: '^$1/(features|runtimes|models|graph)/' },
    ),
    rule(
      'ui-knows-no-product',
      'web/ui/ draws buttons and panes for any product; it knows no product word.',
      { path: '^web/ui/', pathNot: test },
      { path: '^web/(features|graph|app)/|^shared/(?!kernel/)|^(api|sandbox)/' },
    ),
    rule(
      'features-know-no-root',
      'Features are mounted by the root; they do not reach up to it.',
      { path: '^(api|web)/(features|kernel|runtimes|models|ui)/', pathNot: test },
      { path: '^$1/(main|server|router|gateway|worker)\\.tsx?$|^$1/(app|cli|protocols)/' },
    ),
    rule(
      'graph-knows-no-app',
      'The graph composes features; the app composes the graph.',
      { path: '^web/graph/' },
      { path: '^web/(app/|main)' },
    ),
    rule(
      'features-meet-at-the-door',
      "A feature uses another one's index.ts, never what lies behind it.",
      { path: '^(api|web)/features/([^/]+)/' },
      { path: '^$1/features/', pathNot: '^$1/features/($2/|[^/]+/index\\.ts$)' },
    ),
    rule(
      'door-opens-outward',
      'index.ts is for other features; inside one, files import each other.',
      { path: '^(api|web)/features/([^/]+)/' },
      { path: '^$1/features/$2/index\\.ts$' },
    ),
    rule(
      'files-lie-below-workspaces',
      'Files are kept for a workspace without knowing what one is.',
      { path: '^(api|web)/features/files/' },
      { path: '^$1/features/workspaces/' },
    ),
    ...floorRules,

    rule(
      'sql-lives-in-stores',
      'SQL is written in store.ts and *-store.ts, so that what a feature keeps can be read in one place.',
      { path: '^api/', pathNot: `^api/(kernel|testing|cli)/|[/-]store\\.ts$|${test}` },
      { path: '^api/kernel/sql\\.ts$' },
    ),
    rule(
      'only-the-kernel-opens-postgres',
      'Every statement passes the kernel, which sets the org it may see; but one journey compares with the bare tables.',
      { pathNot: '^api/kernel/|^tests/support/tables\\.ts$' },
      { path: '(^|/)node_modules/pg/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'rules-are-pure',
      'policy.ts, decide.ts, apply-event.ts and shared/ decide without a clock, a disk or a screen.',
      { path: '(^|/)(policy|decide|apply-event)\\.ts$|^shared/', pathNot: test },
      { path: '(^|/)node_modules/(pg|react|react-dom)/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'rules-call-nothing-of-node',
      'policy.ts, decide.ts, apply-event.ts and shared/ use nothing of Node.',
      { path: '(^|/)(policy|decide|apply-event)\\.ts$|^shared/', pathNot: test },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'only-the-sandbox-spawns',
      'Processes are started by the sandbox, the database launcher, the command line and scripts; never by a feature.',
      { pathNot: `^(sandbox/(server|testing)|api/kernel/postgres|api/cli|scripts|tests)/|${test}` },
      { path: '^(node:)?child_process$' },
    ),
    rule(
      'one-fetch-goes-out',
      'What leaves the server goes through api/kernel/safe-fetch.ts, which knows where nobody may be sent.',
      { path: '^api/', pathNot: `^api/(kernel/safe-fetch|server)\\.ts$|^api/(cli|testing)/|${test}` },
      {
        path: '^(node:)?(http|https|http2)$|(^|/)node_modules/(undici|axios|node-fetch|got)/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'live-code-never-imports-tests',
      'What runs for people does not depend on what checks it.',
      { pathNot: `${test}|${testing}|^scripts/` },
      {
        path: `${test}|${testing}|(^|/)node_modules/(vitest|fast-check|@playwright)/`,
        pathNot: '(^|/)node_modules/.*(tests|testing)/',
      },
    ),
    rule(
      'tests-import-no-room',
      'Journeys and attacks meet the product as people do: through the browser and HTTP. Benches and chaos may look inside.',
      { path: '^tests/', pathNot: '^tests/(bench|chaos|story)/' },
      { path: '^(shared|sandbox|api|web)/' },
    ),
    rule(
      'the-story-takes-only-types',
      'The story is told through HTTP, as a client would; of the rooms it knows the types of what is asked and answered.',
      { path: '^tests/story/' },
      { path: '^(shared|sandbox|api|web)/', dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.tsbuild|test-results|playwright-report)/' },
    // Without this, imports of types are not seen.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: `${__dirname}/tsconfig.base.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'node', 'default', 'types', 'require'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
}
