import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

export type NamingRow = { id: WorkspaceId; name: string; models: string[] }

/** The names of models in the configs of living workspaces: the first, its fallbacks, those of rules and of summaries. */
export async function selectNaming(reader: Reader): Promise<NamingRow[]> {
  return await reader.rows<NamingRow>(sql`
    select w.id, coalesce(f.config ->> 'name', w.name) as name,
           array(select distinct said.model from (
             select f.config ->> 'model' as model
             union select jsonb_array_elements_text(case jsonb_typeof(f.config -> 'fallback_models')
                                                    when 'array' then f.config -> 'fallback_models' else '[]' end)
             union select rule ->> 'model' from jsonb_array_elements(case jsonb_typeof(f.config -> 'model_routing')
                                                    when 'array' then f.config -> 'model_routing' else '[]' end) as rule
             union select f.config -> 'compaction' ->> 'model'
           ) as said where said.model is not null) as models
      from workspaces w
      join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
     where w.org_id = ${reader.orgId} and w.deleted_at is null
     order by w.created_at, w.id`)
}
