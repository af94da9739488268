import { approvalsRouter } from './features/approvals/router.ts'
import { auditRouter } from './features/audit/router.ts'
import { budgetsRouter } from './features/budgets/router.ts'
import { chatRouter } from './features/chat/router.ts'
import { copiesRouter } from './features/copies/router.ts'
import { endAllWork, testModel } from './features/delegations/index.ts'
import { replaysRouter } from './features/delegations/replay-router.ts'
import { delegationsRouter } from './features/delegations/router.ts'
import { draftsRouter } from './features/drafts/router.ts'
import { filesRouter } from './features/files/router.ts'
import { keysRouter } from './features/keys/router.ts'
import { limitsRouter } from './features/limits/router.ts'
import { mcpRouter } from './features/mcp/router.ts'
import { memoryRouter } from './features/memory/router.ts'
import { modelsRouter } from './features/models/router.ts'
import { movesRouter } from './features/moves/router.ts'
import { noticesRouter } from './features/notices/router.ts'
import { notifyRouter } from './features/notify/router.ts'
import { onboardingRouter } from './features/onboarding/router.ts'
import { peopleRouter } from './features/orgs/people-router.ts'
import { orgsRouter } from './features/orgs/router.ts'
import { pastRouter } from './features/past/router.ts'
import { runsRouter } from './features/runs/router.ts'
import { sandboxRouter } from './features/sandbox/router.ts'
import { schedulesRouter } from './features/schedules/router.ts'
import { secretsRouter } from './features/secrets/router.ts'
import { snapshotsRouter } from './features/snapshots/router.ts'
import { templatesRouter } from './features/templates/router.ts'
import { toolsRouter } from './features/tools/router.ts'
import { undoRouter } from './features/undo/router.ts'
import { viewsRouter } from './features/views/router.ts'
import { workspacesRouter } from './features/workspaces/router.ts'
import { agentTools, engineTools } from './gateway.ts'
import { router } from './kernel/trpc.ts'

/** One line a feature. */
export const appRouter = router({
  orgs: orgsRouter(endAllWork),
  people: peopleRouter,
  files: filesRouter,
  drafts: draftsRouter,
  limits: limitsRouter,
  mcp: mcpRouter,
  memory: memoryRouter,
  chat: chatRouter,
  models: modelsRouter(testModel),
  moves: movesRouter(engineTools),
  tools: toolsRouter(engineTools),
  workspaces: workspacesRouter,
  delegations: delegationsRouter,
  replays: replaysRouter(agentTools, engineTools),
  runs: runsRouter,
  sandbox: sandboxRouter,
  snapshots: snapshotsRouter,
  approvals: approvalsRouter,
  audit: auditRouter,
  past: pastRouter,
  notices: noticesRouter,
  notify: notifyRouter,
  onboarding: onboardingRouter,
  budgets: budgetsRouter,
  secrets: secretsRouter,
  keys: keysRouter,
  schedules: schedulesRouter,
  templates: templatesRouter,
  undo: undoRouter,
  views: viewsRouter,
  copies: copiesRouter,
})

export type AppRouter = typeof appRouter
