import { partsOf, type RehearsalPart, RehearsalScript } from '#shared/delegations/rehearsal-script.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { ContactPolicy } from '#shared/orgs/contract.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'
import { parseYaml } from '../../kernel/yaml.ts'

export type OrgRules = { contactPolicy: ContactPolicy; isRehearsal: boolean }

export async function readOrgRules(reader: Reader): Promise<OrgRules> {
  const rules = await reader.row<OrgRules>(sql`
    select contact_policy as "contactPolicy", is_rehearsal as "isRehearsal" from orgs where id = ${reader.orgId}`)
  return rules ?? { contactPolicy: 'direct', isRehearsal: true }
}

/** The same, and whether the organisation takes work. */
export async function readOrgState(reader: Reader): Promise<OrgRules & { isStopped: boolean }> {
  const rules = await reader.row<OrgRules & { isStopped: boolean }>(sql`
    select contact_policy as "contactPolicy", is_rehearsal as "isRehearsal", stopped_at is not null as "isStopped"
      from orgs where id = ${reader.orgId}`)
  return rules ?? { contactPolicy: 'direct', isRehearsal: true, isStopped: true }
}

/** The parts of its template's rehearsal script that a workspace may play. */
export async function readRehearsalParts(reader: Reader, id: WorkspaceId, name: string): Promise<RehearsalPart[]> {
  const found = await reader.row<{ text: string }>(sql`
    select t.rehearsal as text
      from workspaces w join templates t on t.org_id = w.org_id and t.name = w.template
     where w.org_id = ${reader.orgId} and w.id = ${id} and t.rehearsal <> ''`)
  const script = found && scriptOf(found.text)
  return script ? partsOf(script, name) : []
}

/** The scripts read last, by their text: every delegation of a template reads the same one. */
const scripts = new Map<string, RehearsalScript | undefined>()
const maxScripts = 20

function scriptOf(text: string): RehearsalScript | undefined {
  if (scripts.has(text)) return scripts.get(text)
  const yaml = parseYaml(text)
  const script = RehearsalScript.safeParse(yaml.ok ? yaml.value : undefined).data
  if (scripts.size >= maxScripts) scripts.clear()
  scripts.set(text, script)
  return script
}
