import type { Calls } from './call.ts'
import { approvals } from './calls/approvals.ts'
import { audit } from './calls/audit.ts'
import { budgets } from './calls/budgets.ts'
import { chat } from './calls/chat.ts'
import { copies } from './calls/copies.ts'
import { delegations } from './calls/delegations.ts'
import { drafts } from './calls/drafts.ts'
import { files } from './calls/files.ts'
import { keys } from './calls/keys.ts'
import { limits } from './calls/limits.ts'
import { mcp } from './calls/mcp.ts'
import { memory } from './calls/memory.ts'
import { models } from './calls/models.ts'
import { moves } from './calls/moves.ts'
import { notices } from './calls/notices.ts'
import { notify } from './calls/notify.ts'
import { onboarding } from './calls/onboarding.ts'
import { orgs } from './calls/orgs.ts'
import { past } from './calls/past.ts'
import { people } from './calls/people.ts'
import { replays } from './calls/replays.ts'
import { runs } from './calls/runs.ts'
import { sandbox } from './calls/sandbox.ts'
import { schedules } from './calls/schedules.ts'
import { secrets } from './calls/secrets.ts'
import { snapshots } from './calls/snapshots.ts'
import { templates } from './calls/templates.ts'
import { tools } from './calls/tools.ts'
import { undo } from './calls/undo.ts'
import { views } from './calls/views.ts'
import { workspaces } from './calls/workspaces.ts'

/** What is known of every procedure, by its router. */
export const calls: Calls = {
  orgs,
  limits,
  people,
  files,
  drafts,
  mcp,
  memory,
  chat,
  models,
  moves,
  tools,
  workspaces,
  delegations,
  replays,
  runs,
  sandbox,
  snapshots,
  approvals,
  audit,
  past,
  notices,
  notify,
  onboarding,
  budgets,
  secrets,
  keys,
  schedules,
  templates,
  undo,
  views,
  copies,
}
