import { type Sql, sql } from '../../kernel/sql.ts'

type Row = Readonly<Record<string, unknown>>

/** `at`: when it is restored. `later` gives a time as much later as the snapshot lay about. */
export type Restoring = { at: string; later(time: unknown): unknown }

export type TableCut = {
  name: string
  /** The rows to take, as `row` (jsonb without the org), each after those it points at. */
  cut: Sql
  /** Columns that name things of this org: they get new ids wherever they stand. */
  ids: readonly string[]
  /** What is different in an org that was restored: nothing in it runs before a person says so. */
  asRestored?: (row: Row, restoring: Restoring) => Row
}

/** Every tenant table a snapshot takes along, in the order in which it is written back. */
export const snapshotTables: readonly TableCut[] = [
  { name: 'orgs', ids: ['id'], cut: sql`select to_jsonb(t) as row from orgs t where t.id = current_org()` },
  {
    name: 'workspaces',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from workspaces t join workspace_levels() l on l.id = t.id
              where t.org_id = current_org() order by l.level, t.created_at, t.id`,
    asRestored: (row, { at }) => (row.parent_id === null ? { ...row, paused_at: row.paused_at ?? at } : row),
  },
  {
    name: 'files',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from files t
              where t.org_id = current_org() and t.deleted_at is null order by t.id`,
  },
  {
    name: 'file_versions',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from file_versions t
               join files f on f.org_id = t.org_id and f.id = t.file_id and f.head = t.version and f.deleted_at is null
              where t.org_id = current_org() order by t.file_id`,
  },
  {
    name: 'templates',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' || jsonb_build_object('declared', t.declared - 'awaitsOpening') as row
               from templates t where t.org_id = current_org() order by t.name`,
  },
  {
    name: 'memories',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' - 'words' as row from memories t
              where t.org_id = current_org() and t.deleted_at is null order by t.id`,
  },
  {
    name: 'budgets',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from budgets t where t.org_id = current_org() order by t.id`,
  },
  {
    name: 'budget_counters',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from budget_counters t
              where t.org_id = current_org() order by t.budget_id, t.period_key`,
  },
  {
    name: 'price_overrides',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from price_overrides t where t.org_id = current_org() order by t.model`,
  },
  {
    name: 'model_aliases',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from model_aliases t where t.org_id = current_org() order by t.name`,
  },
  {
    name: 'mcp_servers',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from mcp_servers t
              where t.org_id = current_org() and t.deleted_at is null order by t.id`,
    // Whom a server answers and what it may run is looked at anew by the people of the org that is made.
    asRestored: (row) => ({ ...row, command_approved: null, approved: null, seen: null, trouble: null }),
  },
  {
    name: 'mcp_server_workspaces',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from mcp_server_workspaces t
               join mcp_servers s on s.org_id = t.org_id and s.id = t.server_id and s.deleted_at is null
               join workspaces w on w.org_id = t.org_id and w.id = t.workspace_id and w.deleted_at is null
              where t.org_id = current_org() order by t.server_id, t.workspace_id`,
  },
  {
    name: 'approval_rules',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from approval_rules t where t.org_id = current_org() order by t.id`,
  },
  {
    name: 'notify_routes',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from notify_routes t where t.org_id = current_org() order by t.id`,
  },
  {
    name: 'loop_allowances',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from loop_allowances t
              where t.org_id = current_org() order by t.scope, t.rule`,
  },
  {
    name: 'schedules',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from schedules t
              where t.org_id = current_org() and t.deleted_at is null order by t.id`,
    asRestored: (row) => ({ ...row, is_enabled: false, next_run_at: null, look_at: null, claimed_until: null }),
  },
  {
    name: 'delegations',
    ids: ['id', 'chain_id'],
    // Of a fork whose source is too old to be taken along nobody can say what it shares.
    cut: sql`select to_jsonb(t) - 'org_id' || case when t.forked_from is null or s.id is not null then '{}'::jsonb
                      else '{"forked_from": null, "forked_at_step": null}'::jsonb end as row
               from delegations t join kept_delegations() k on k.id = t.id
               left join kept_delegations() s on s.id = t.forked_from
              where t.org_id = current_org() order by k.level, t.created_at, t.id`,
    asRestored: (row) =>
      row.state === 'running' || row.state === 'lost'
        ? { ...row, state: 'queued', waiting_for: null, has_started: true }
        : row,
  },
  {
    name: 'steps',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from steps t join kept_delegations() k on k.id = t.delegation_id
              where t.org_id = current_org() order by t.delegation_id, t.step`,
    // An effect in flight is one whose holder is gone: the engine begins it again, or asks, as after a crash.
    asRestored: (row, { at }) => ({ ...row, leased_by: null, lease_until: row.state === 'running' ? at : null }),
  },
  {
    name: 'approvals',
    ids: ['id'],
    cut: sql`select to_jsonb(t) - 'org_id' as row from approvals t join kept_delegations() k on k.id = t.delegation_id
              where t.org_id = current_org() order by t.id`,
    // Whoever is asked has the time that was left.
    asRestored: (row, { later }) =>
      row.state === 'pending'
        ? { ...row, expires_at: later(row.expires_at), escalate_at: later(row.escalate_at) }
        : row,
  },
  {
    name: 'plans',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from plans t join kept_delegations() k on k.id = t.delegation_id
              where t.org_id = current_org() order by t.delegation_id`,
  },
  {
    name: 'charges',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from charges t join kept_delegations() k on k.id = t.delegation_id
              where t.org_id = current_org() order by t.delegation_id, t.step, t.attempt`,
  },
  {
    name: 'budget_waits',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from budget_waits t join kept_delegations() k on k.id = t.delegation_id
              where t.org_id = current_org() order by t.delegation_id`,
  },
  {
    name: 'schedule_runs',
    ids: [],
    cut: sql`select to_jsonb(t) - 'org_id' as row from schedule_runs t
               join schedules s on s.org_id = t.org_id and s.id = t.schedule_id and s.deleted_at is null
              where t.org_id = current_org()
                and (t.delegation_id is null or t.delegation_id in (select k.id from kept_delegations() k))
              order by t.schedule_id, t.planned_at`,
  },
]

/** Every other tenant table, with the reason why a snapshot leaves it out. */
export const leftOut: Readonly<Record<string, string>> = {
  members: 'Who restores owns what is restored, and invites the others anew.',
  past_members: 'The restored org begins a log of its own, in which they did nothing.',
  invitations: 'They lead to the org they were made for, and no other.',
  api_keys: 'A key opens the org it was made in, and no other.',
  agent_tokens: 'A token stands for a workspace of the org it was made in, and no other.',
  org_sequences: 'The restored org begins a log of its own.',
  events: 'The restored org begins a log of its own; the old one is exported by the audit.',
  acts: 'What people could take back in the org that was, they did not do in this one.',
  imports: 'What became of imports into the org that was; their ids are of pages that are gone.',
  guides: 'How far people came with the guided acts; they begin anew in the restored org.',
  views: 'How people look at the graph; its workspaces have other ids in the restored org.',
  last_looks: 'How people left the graph; its workspaces have other ids in the restored org.',
  notice_marks: 'What of the log people had read; the restored org begins one of its own.',
  memory_tidyings: 'What tidying did; what it put away is not taken along.',
  notifications: 'What people were told in the org that was; the restored one begins a log of its own.',
  conversations: "A conversation is its person's own; the work that was done in it is taken along as delegations.",
  conversation_turns: 'They belong to conversations.',
  attachments: 'What a model was given of them stands in the recorded steps; the files stay with the conversations.',
  ready: 'Queue entries are made anew for what is alive.',
  sandbox_hosts: 'Whom programs may reach is said anew, in person, by the people of the org that is made.',
  runs: 'What people tried out; what came of it for the work stands in the work.',
  snapshots: 'A snapshot holds no snapshots.',
  snapshot_chunks: 'A snapshot holds no snapshots.',
  audit_logs: 'The restored org begins a log of its own, kept as long as its owner says.',
  audit_seals: 'They belong to the log.',
  audit_calls: 'They belong to the log.',
  secrets: 'A copy holds no secrets: whoever restores it sets them anew.',
  secret_versions: 'A copy holds no secrets: whoever restores it sets them anew.',
  drafts: 'Text that is not saved is no state of the org: a snapshot holds what was saved.',
  draft_updates: 'They belong to the drafts.',
  org_limits: 'They were agreed upon for the org they are of.',
  org_usage: 'It is measured anew.',
  rate_buckets: 'Counts of the last minute.',
  rate_shares: 'Counts of the last second.',
  key_rotations: 'A copy holds no secrets, so there is nothing to rotate.',
  secret_uses: 'A copy holds no secrets, so nobody used them.',
  secret_server_uses: 'A copy holds no secrets, so nobody used them.',
  projections: 'They are made of the log, which the restored org begins anew.',
}
