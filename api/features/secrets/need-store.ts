import type { WorkspaceId } from '#shared/kernel/ids.ts'
import { configDefaults } from '#shared/workspaces/config-defaults.ts'
import type { Reader } from '../../kernel/db.ts'
import { type Sql, sql } from '../../kernel/sql.ts'

/** What a living workspace says about its keys, and the names it has of its own. */
export type DeclaringRow = {
  id: WorkspaceId
  name: string
  model: string
  rehearses: boolean
  config: unknown
  template: unknown
  ownNames: string[]
}

/** Oldest first. */
export async function selectDeclaring(reader: Reader): Promise<DeclaringRow[]> {
  return await select(reader, sql`true`)
}

export async function selectDeclaringOne(reader: Reader, id: WorkspaceId): Promise<DeclaringRow | undefined> {
  const [row] = await select(reader, sql`w.id = ${id}`)
  return row
}

async function select(reader: Reader, which: Sql): Promise<DeclaringRow[]> {
  return await reader.rows<DeclaringRow>(sql`
    select w.id, coalesce(f.config ->> 'name', w.name) as name, 
           coalesce((select a.model from model_aliases a where a.org_id = w.org_id and a.name = f.config ->> 'model'),
                    f.config ->> 'model', ${configDefaults.model}) as model,
           o.is_rehearsal as rehearses,
           jsonb_build_object('required_env', f.config -> 'required_env', 'recommended_env', f.config -> 'recommended_env',
                              'env', f.config -> 'env', 'runtime_config', f.config -> 'runtime_config') as config,
           jsonb_build_object('requiredEnv', w.declared -> 'requiredEnv',
                              'recommendedEnv', w.declared -> 'recommendedEnv') as template,
           array(select s.name from secrets s
                  where s.org_id = w.org_id and s.workspace_id = w.id and s.deleted_at is null) as "ownNames"
      from workspaces w join orgs o on o.id = w.org_id
      left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.deleted_at is null and ${which}
     order by w.created_at, w.id`)
}
