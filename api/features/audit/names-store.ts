import type { Reader } from '../../kernel/db.ts'
import { sql } from '../../kernel/sql.ts'

/** Names by id of workspaces, keys and people: as they are, else as they were when they last did something here. */
export async function readNames(reader: Reader): Promise<Map<string, string>> {
  const rows = await reader.rows<{ id: string; name: string }>(sql`
    select distinct on (id) id, name from (
      select requester ->> 'userId' as id, requester_name as name, created_at as at from delegations
       where org_id = ${reader.orgId} and requester ->> 'kind' = 'person'
      union all
      select saved_by ->> 'id', saved_by_name, saved_at from file_versions
       where org_id = ${reader.orgId} and saved_by ->> 'kind' = 'person'
      union all
      select actor ->> 'id', origin ->> 'name', at from (
        select actor, origin, at from events
         where org_id = ${reader.orgId} and origin is not null order by at desc limit 5000) acts
      union all
      select user_id, name, left_at from past_members where org_id = ${reader.orgId}
      union all
      select user_id, name, now() from people_of_org() where email is not null
      union all
      select id::text, name, now() from api_keys where org_id = ${reader.orgId}
      union all
      select w.id::text, coalesce(f.config ->> 'name', w.name), now() from workspaces w
        left join files f on f.org_id = w.org_id and f.workspace_id = w.id and f.path = 'config.yaml' and f.deleted_at is null
       where w.org_id = ${reader.orgId}
    ) known where name is not null order by id, at desc`)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
