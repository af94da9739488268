import { defineCommand } from 'citty'
import type { ApprovalView } from '#shared/approvals/contract.ts'
import { formatLeft } from '#shared/approvals/time-left.ts'
import { onThisMachine, requireOrg } from './on-this-machine.ts'
import { serverArg } from './server-arg.ts'
import { tellProblem } from './tell-problem.ts'

const limit = 100

export const approvalsCommand = defineCommand({
  meta: { name: 'approvals', description: 'List what waits for a yes or a no, oldest first.' },
  args: {
    org: { type: 'string', description: 'Org, by name or id; not needed where there is one' },
    server: serverArg,
    json: { type: 'boolean', default: false, description: 'Print one JSON object' },
    'data-dir': { type: 'string', description: "Folder of the data; by default the user's data folder" },
  },
  async run({ args }) {
    try {
      const found = await (args.server === undefined ? listHere(args) : listThere(args.server))
      console.log(args.json ? JSON.stringify(found) : inWords(found.approvals, found.pending))
    } catch (error) {
      tellProblem(error)
    }
  },
})

async function listHere(args: { org?: string | undefined; 'data-dir'?: string | undefined }) {
  const { listApprovals } = await import('../features/approvals/index.ts')
  const installation = { dataDir: args['data-dir'], databaseUrl: process.env.DATABASE_URL }
  return await onThisMachine(installation, async (db, owner) => {
    const context = await requireOrg(db, owner, args.org)
    return { orgId: context.orgId, ...(await listApprovals(context, { which: 'pending', limit })) }
  })
}

async function listThere(server: string) {
  const { onServer } = await import('./on-a-server.ts')
  return await onServer(server, async ({ client, orgId }) => ({
    orgId,
    ...(await client.approvals.list.query({ orgId, which: 'pending', limit })),
  }))
}

function inWords(approvals: readonly ApprovalView[], pending: number): string {
  if (approvals.length === 0) return 'Nothing waits for approval.'
  const more = pending - approvals.length
  return [
    ...approvals.map((approval) => one(approval)),
    ...(more > 0 ? [`And ${more} more.`] : []),
    'Answer with: delegraph approve ID, or delegraph deny ID --reason TEXT',
  ].join('\n\n')
}

function one(approval: ApprovalView): string {
  const { id, workspaceName, kind, tool, args, task, assignedToName, expiresAt } = approval
  const asked = assignedToName === null ? '' : `, asked of ${assignedToName} first`
  return [
    id,
    `  ${workspaceName} wants to ${kind === 'model' ? 'call the model' : 'use'} ${tool} (${formatLeft(expiresAt, Date.now())}${asked})`,
    `  Task: ${line(task)}`,
    ...(args === '' ? [] : [`  With: ${line(args)}`, ...leftOut(approval)]),
  ].join('\n')
}

/** A yes is to all of it, also to what is not printed here. */
function leftOut({ args, whole, delegationId, step }: ApprovalView): string[] {
  const more = (whole?.chars ?? args.length) - Math.min(args.length, shownChars)
  if (more <= 0) return []
  const count = more.toLocaleString('en')
  return [`  ${count} more characters: step ${step} of delegraph log ${delegationId} --json`]
}

const shownChars = 200

/** What an agent wrote, on one line and without control characters that would move the cursor. */
function line(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return plain.length > shownChars ? `${plain.slice(0, shownChars - 1)}…` : plain
}
