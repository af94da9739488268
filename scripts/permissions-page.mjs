// Writes docs/permissions.md from the tables the server asks: node scripts/permissions-page.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { mayAs, policies } from '../shared/policies.ts'

const page = new URL('../docs/permissions.md', import.meta.url)
const roles = ['viewer', 'member', 'manager', 'admin', 'owner']

const intro = `# Who may do what

Made from the tables in \`shared/<noun>/policy.ts\` by \`node scripts/permissions-page.mjs\`; a test fails when this page is stale.
The server asks the same tables before every act, and the screen offers nothing that they refuse.

People have one role in an organisation. A key of the organisation has one too; a person's own key never has more than the
person has at that moment. What is marked *in person* no key may do. Agents have no role: what they may do is decided by the
tools of their workspace and by the organisation chart.

`

/** The page as it should be. */
export function permissionsPage() {
  const nouns = Map.groupBy(Object.entries(policies), ([name]) => name.slice(0, name.indexOf('.')))
  return `${intro}${[...nouns].map(([noun, rows]) => section(noun, rows)).join('\n')}`
}

function section(noun, rows) {
  const head = `| permission | to … | ${roles.join(' | ')} |\n|---|---|${roles.map(() => ':-:').join('|')}|`
  return `## ${noun}\n\n${head}\n${rows.map(line).join('\n')}\n`
}

function line([name, { to, inPerson }]) {
  const cells = roles.map((role) => (mayAs(role, name) ? '●' : ' '))
  return `| \`${name}\` | ${to}${inPerson ? ' *(in person)*' : ''} | ${cells.join(' | ')} |`
}

/** The page as it lies there. */
export function writtenPage() {
  return readFileSync(page, 'utf8')
}

if (import.meta.main) writeFileSync(page, permissionsPage())
