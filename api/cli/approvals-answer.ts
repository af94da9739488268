import { defineCommand } from 'citty'
import { DecideApproval } from '#shared/approvals/contract.ts'
import { AppError } from '#shared/kernel/app-error.ts'
import { ApprovalId, type OrgId } from '#shared/kernel/ids.ts'
import { listOrgsOf } from '../features/orgs/index.ts'
import type { OrgContext } from '../kernel/actor.ts'
import type { Db } from '../kernel/pool.ts'
import { personInOrg } from '../kernel/trpc.ts'
import { onThisMachine, type Person, requireOrg } from './on-this-machine.ts'
import { serverArg } from './server-arg.ts'
import { tellProblem } from './tell-problem.ts'

type Decision = DecideApproval['decision']

export const approveCommand = answerCommand('approve', 'approved', 'Say yes: what waits for it goes on.')
export const denyCommand = answerCommand('deny', 'denied', 'Say no: the agent is told so, with the reason.')

function answerCommand(name: 'approve' | 'deny', decision: Decision, description: string) {
  return defineCommand({
    meta: { name, description },
    args: {
      id: { type: 'positional', required: true, description: 'The approval (id), from delegraph approvals' },
      reason: { type: 'string', default: '', description: 'Why; the agent and the history are told' },
      org: { type: 'string', description: 'Org, by name or id; without it all of yours are searched' },
      server: serverArg,
      json: { type: 'boolean', default: false, description: 'Print one JSON object' },
      'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
    },
    async run({ args }) {
      try {
        const answer = { approvalId: readId(args.id), decision, reason: readReason(args.reason) }
        const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
        const orgId = await (args.server === undefined
          ? onThisMachine(installation, async (db, owner) => answerIn(await contextsOf(db, owner, args.org), answer))
          : answerThere(args.server, answer))
        if (args.json) console.log(JSON.stringify({ orgId, ...answer }))
        else console.log(decision === 'approved' ? 'Approved: it goes on.' : 'Denied: the agent is told so.')
      } catch (error) {
        tellProblem(error)
      }
    },
  })
}

type Answer = { approvalId: ApprovalId; decision: Decision; reason: string }

async function answerThere(server: string, answer: Answer): Promise<OrgId> {
  const { onServer } = await import('./on-a-server.ts')
  return await onServer(server, async ({ client, orgId }) => {
    await client.approvals.decide.mutate({ orgId, ...answer })
    return orgId
  })
}

/** In the first of the orgs that knows the approval; gives that org. */
async function answerIn(contexts: readonly OrgContext[], answer: Answer): Promise<OrgId> {
  const { decideApproval } = await import('../features/approvals/index.ts')
  for (const context of contexts) {
    try {
      await decideApproval(context, answer)
      return context.orgId
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not-found') throw error
    }
  }
  throw new AppError('not-found', `There is no approval ${answer.approvalId}.`, {
    fix: 'List what waits with delegraph approvals.',
  })
}

async function contextsOf(db: Db, owner: Person, org: string | undefined): Promise<OrgContext[]> {
  if (org !== undefined) return [await requireOrg(db, owner, org)]
  const orgs = await listOrgsOf(db, owner.id)
  return await Promise.all(orgs.map(({ id }) => personInOrg(db, id, owner)))
}

function readId(text: string): ApprovalId {
  const id = ApprovalId.safeParse(text)
  if (id.success) return id.data
  throw new AppError('bad-input', `${text} is no id of an approval.`, { fix: 'Copy it from delegraph approvals.' })
}

function readReason(text: string): string {
  const reason = DecideApproval.shape.reason.safeParse(text)
  if (reason.success) return reason.data
  throw new AppError('bad-input', `The reason is too long. ${reason.error.issues[0]?.message ?? ''}`.trim())
}
