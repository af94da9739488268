import { sql } from '../../kernel/sql.ts'

/** For statements that show who works: joins the workspace `w` of a delegation `d`, with the config that may rename it. */
export const joinWorkspace = sql`
  join workspaces w on w.org_id = d.org_id and w.id = d.workspace_id
  left join files wf on wf.org_id = w.org_id and wf.workspace_id = w.id and wf.path = 'config.yaml' and wf.deleted_at is null`

export const workspaceName = sql`coalesce(wf.config ->> 'name', w.name) as "workspaceName"`
