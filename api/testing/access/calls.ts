import type { inferRouterInputs } from '@trpc/server'
import type { ErrorCode } from '#shared/kernel/app-error.ts'
import type { OrgFact } from '#shared/org-event.ts'
import type { Permission } from '#shared/policies.ts'
import type { AppRouter } from '../../router.ts'
import { askForAll, noLimits, type Things } from './things.ts'

type EventType = OrgFact['type']
type Outcome = 'ok' | ErrorCode

/** What must be known of a procedure to say who may call it, with what, and what that leaves in the log. */
export type Call<Input> = {
  /** `person`: whoever signed in; `caller`: keys too; neither is asked for an org. */
  needs: Permission | 'person' | 'caller'
  /** What whoever may calls it with; every id in it comes from the org's things. */
  input(things: Things): Input
  /** What comes of it where it is not done, though they may: e.g. a conflict, for it stands so already. */
  own?: Outcome | readonly Outcome[]
  /** What comes of ids of another org, which are as good as unknown. */
  others?: Outcome
  /** The permission that is asked for before it is known what is meant, where `needs` goes by the thing. */
  needsFirst?: Permission
  /** How the lack of `needs` is told, where it is not simply forbidden: what one may not touch is not shown either. */
  refusal?: ErrorCode
  /** Of keys only those of people may, or only those whose list of permissions names it. */
  keys?: 'of people' | 'by list'
  /** Of a mutation: the events it tells, or why it tells none. */
  tells?: readonly EventType[] | { none: string }
}

type Inputs = inferRouterInputs<AppRouter>
/** One entry a procedure: a new one without its entry does not compile. */
type Calls = { readonly [R in keyof Inputs]: { readonly [P in keyof Inputs[R]]: Call<Inputs[R][P]> } }

const inOrg = ({ orgId }: Things) => ({ orgId })
const inWorkspace = ({ orgId, workspaceId }: Things) => ({ orgId, workspaceId })
const ofDelegation = ({ orgId, delegationId }: Things) => ({ orgId, delegationId })
const ofSchedule = ({ orgId, scheduleId }: Things) => ({ orgId, scheduleId })
const ofFile = (things: Things) => ({ ...inWorkspace(things), path: 'system-prompt.md' })
const plan = { name: 'Weekly', cron: '0 9 * * 1', timeZone: 'UTC', task: 'Say hello' }
const restored = [
  ...(['org.created', 'snapshot.restored', 'workspace.created', 'workspace.created', 'workspace.created'] as const),
  ...(['workspace.paused', 'delegation.queued'] as const),
]
const trial = { none: 'It keeps nothing: it says what would come of it.' }

export const calls: Calls = {
  orgs: {
    list: { needs: 'caller', input: () => undefined },
    get: { needs: 'orgs.read', input: inOrg },
    create: {
      ...{ needs: 'person', input: () => ({ name: 'Another' }), tells: ['org.created'] },
    },
    rename: { needs: 'orgs.rename', input: ({ orgId }) => ({ orgId, name: 'Renamed' }), tells: ['org.renamed'] },
    transfer: {
      ...{ needs: 'orgs.transfer', input: ({ orgId, userId }) => ({ orgId, userId }) },
      tells: ['member.role-changed', 'member.role-changed'],
    },
    delete: {
      ...{ needs: 'orgs.delete', input: ({ orgId }) => ({ orgId, name: 'Not its name' }), own: 'bad-input' },
      tells: { none: 'Its log goes with it; tried where there is work.' },
    },
    setRehearsal: {
      ...{ needs: 'orgs.rehearsal.switch', input: ({ orgId }) => ({ orgId, isRehearsal: false }) },
      tells: ['org.rehearsal-switched'],
    },
    setContactPolicy: {
      ...{ needs: 'orgs.contact-policy.write', input: ({ orgId }) => ({ orgId, contactPolicy: 'lineage' }) },
      tells: ['org.contact-policy-changed'],
    },
  },
  limits: { list: { needs: 'orgs.read', input: inOrg } },
  people: {
    list: { needs: 'people.read', input: inOrg },
    invite: {
      needs: 'people.invite',
      input: ({ orgId }) => ({ orgId, email: 'new@example.com', role: 'member' }),
      tells: ['member.invited'],
    },
    resend: {
      needs: 'people.invite',
      input: ({ orgId, invitationId }) => ({ orgId, invitationId }),
      tells: ['member.invited'],
    },
    revoke: {
      needs: 'people.invite',
      input: ({ orgId, invitationId }) => ({ orgId, invitationId }),
      tells: ['member.invitation-revoked'],
    },
    changeRole: {
      needs: 'people.change-role',
      input: ({ orgId, userId }) => ({ orgId, userId, role: 'member' }),
      tells: ['member.role-changed'],
    },
    remove: {
      needs: 'people.remove',
      input: ({ orgId, userId }) => ({ orgId, userId }),
      tells: ['member.removed'],
    },
    leave: { needs: 'people.leave', input: inOrg, own: ['ok', 'conflict'], tells: ['member.left'] },
  },
  files: {
    list: { needs: 'files.read', input: inWorkspace },
    read: { needs: 'files.read', input: ofFile },
    save: {
      needs: 'files.edit',
      input: (things) => ({ ...ofFile(things), text: 'Be brief.\n', baseVersion: 1 }),
      tells: ['file.saved'],
    },
    versions: { needs: 'files.read', input: ofFile },
    restore: {
      needs: 'files.edit',
      input: (things) => ({ ...inWorkspace(things), path: 'notes.md', version: 1 }),
      tells: ['file.saved'],
    },
    delete: {
      needs: 'files.delete',
      input: (things) => ({ ...inWorkspace(things), path: 'notes.md' }),
      tells: ['file.deleted'],
    },
  },
  memory: {
    list: { needs: 'memory.read', input: inWorkspace },
    remember: {
      needs: 'memory.write',
      input: (things) => ({ ...inWorkspace(things), text: 'It rains in April.' }),
      tells: ['memory.remembered'],
    },
    forget: {
      needs: 'memory.write',
      input: ({ orgId, memoryId }) => ({ orgId, memoryId }),
      tells: ['memory.forgotten'],
    },
    unforget: {
      needs: 'memory.write',
      input: ({ orgId, goneMemoryId: memoryId }) => ({ orgId, memoryId }),
      tells: ['memory.remembered'],
    },
    plan: { needs: 'memory.read', input: ofDelegation, others: 'ok' },
  },
  moves: {
    preview: {
      needs: 'workspaces.read',
      input: ({ orgId, childId: workspaceId }) => ({ orgId, moves: [{ workspaceId, toParentId: null }] }),
    },
    move: {
      needs: 'workspaces.move',
      input: ({ orgId, childId: workspaceId }) => ({ orgId, moves: [{ workspaceId, toParentId: null }] }),
      tells: ['workspace.moved'],
    },
  },
  workspaces: {
    list: { needs: 'workspaces.read', input: inOrg },
    create: {
      needs: 'workspaces.create',
      input: ({ orgId, workspaceId: parentId }) => ({ orgId, name: 'Analyst', parentId }),
      tells: ['workspace.created', 'file.saved', 'file.saved'],
    },
    rename: {
      needs: 'workspaces.edit',
      input: (things) => ({ ...inWorkspace(things), name: 'Chief' }),
      tells: ['workspace.renamed'],
    },
    configure: {
      needs: 'workspaces.edit',
      input: (things) => ({ ...inWorkspace(things), role: 'Leads' }),
      tells: ['file.saved'],
    },
    control: {
      needs: 'workspaces.control',
      input: (things) => ({ ...inWorkspace(things), verb: 'freeze' }),
      tells: ['workspace.frozen'],
    },
    place: {
      needs: 'workspaces.move',
      input: ({ orgId, workspaceId }) => ({ orgId, positions: [{ workspaceId, position: { x: 1, y: 2 } }] }),
      tells: ['workspace.placed'],
    },
    delete: {
      needs: 'workspaces.delete',
      input: ({ orgId, childId: workspaceId }) => ({ orgId, workspaceId }),
      tells: ['workspace.deleted'],
    },
    restore: {
      needs: 'workspaces.delete',
      input: ({ orgId, goneId }) => ({ orgId, workspaceIds: [goneId] }),
      tells: ['workspace.restored'],
    },
  },
  delegations: {
    create: {
      needs: 'delegations.give',
      input: (things) => ({ ...inWorkspace(things), task: 'Count to three' }),
      tells: ['delegation.queued'],
    },
    cancel: { needs: 'delegations.cancel', input: ofDelegation, tells: ['delegation.cancel-asked'] },
    continue: { needs: 'delegations.steer', input: ofDelegation, own: 'conflict', tells: ['step.changed'] },
    retry: { needs: 'delegations.steer', input: ofDelegation, own: 'conflict', tells: ['step.changed'] },
    message: {
      needs: 'delegations.steer',
      input: (things) => ({ ...ofDelegation(things), text: 'Be quick' }),
      tells: ['step.changed'],
    },
    reassign: {
      needs: 'delegations.reassign',
      input: ({ orgId, delegationId, childId: workspaceId }) => ({ orgId, delegationId, workspaceId }),
      tells: ['delegation.queued', 'delegation.reassigned'],
    },
    settleInterrupted: {
      needs: 'delegations.steer',
      input: (things) => ({ ...ofDelegation(things), how: 'skip' }),
      own: 'conflict',
      tells: ['step.changed'],
    },
    stopCompany: { needs: 'orgs.stop', input: inOrg, tells: ['org.stopped'] },
    startCompany: { needs: 'orgs.stop', input: inOrg, own: 'conflict', tells: ['org.started'] },
    freezeOrg: { needs: 'orgs.freeze', input: ({ orgId }) => ({ orgId, isFrozen: true }), tells: ['org.frozen'] },
    list: { needs: 'delegations.read', input: inWorkspace, others: 'ok' },
    get: { needs: 'delegations.read', input: ofDelegation },
    log: { needs: 'delegations.read', input: ofDelegation },
    loopHolds: { needs: 'delegations.read', input: inOrg },
    resumeLoop: {
      needs: 'delegations.steer',
      input: (things) => ({ ...ofDelegation(things), how: 'once' }),
      own: 'conflict',
      tells: ['step.changed', 'chain.resumed'],
    },
    active: { needs: 'delegations.read', input: inOrg },
  },
  replays: {
    replay: { needs: 'delegations.replay', input: ofDelegation },
    fork: {
      needs: 'delegations.fork',
      input: (things) => ({ ...ofDelegation(things), atStep: 0, edit: { kind: 'nothing' } }),
      own: 'bad-input',
      tells: ['delegation.forked', 'delegation.queued'],
    },
    compare: {
      needs: 'delegations.replay',
      input: ({ orgId, delegationId }) => ({ orgId, left: delegationId, right: delegationId }),
    },
    relatives: { needs: 'delegations.replay', input: ofDelegation },
    promptCases: { needs: 'delegations.replay', input: inWorkspace },
    tryPrompt: {
      needs: 'delegations.try',
      input: (things) => ({ ...inWorkspace(things), ...ofDelegation(things), prompt: 'Be brief.' }),
      own: 'not-found',
      tells: trial,
    },
    dryRun: {
      needs: 'delegations.try',
      input: (things) => ({ ...inWorkspace(things), task: 'Count to three' }),
      tells: trial,
    },
  },
  snapshots: {
    list: { needs: 'snapshots.read', input: inOrg },
    take: { needs: 'snapshots.take', input: inOrg, tells: ['snapshot.taken'] },
    delete: {
      needs: 'snapshots.delete',
      input: ({ orgId, snapshotId }) => ({ orgId, snapshotId }),
      tells: ['snapshot.deleted'],
    },
    restore: {
      needs: 'snapshots.restore',
      input: ({ orgId, snapshotId }) => ({ orgId, snapshotId }),
      ...{ keys: 'of people', tells: restored },
    },
  },
  approvals: {
    list: { needs: 'approvals.read', input: ofDelegation, others: 'ok' },
    decide: {
      needs: 'approvals.answer',
      input: ({ orgId, approvalId }) => ({ orgId, approvalId, decision: 'denied' }),
      keys: 'by list',
      tells: ['approval.decided'],
    },
    rules: { needs: 'approvals.read', input: inOrg },
    setRule: {
      needs: 'approvals.rules.write',
      input: ({ orgId, workspaceId }) => ({ ...askForAll, orgId, workspaceId }),
      tells: ['approval.rules-changed'],
    },
    removeRule: {
      needs: 'approvals.rules.write',
      input: ({ orgId, ruleId: id }) => ({ orgId, id }),
      tells: ['approval.rules-changed'],
    },
  },
  audit: {
    list: { needs: 'audit.activity.read', input: inWorkspace },
    search: { needs: 'audit.read', input: inWorkspace, others: 'ok' },
    actors: { needs: 'audit.read', input: inOrg },
    state: { needs: 'audit.read', input: inOrg },
    verify: { needs: 'audit.read', input: inOrg },
    setRetention: {
      needs: 'audit.retention.write',
      input: ({ orgId }) => ({ orgId, keepDays: 365 }),
      tells: ['audit.retention-changed'],
    },
  },
  past: {
    at: { needs: 'past.read', input: ({ orgId }) => ({ orgId, moment: { seq: 1 } }) },
    events: { needs: 'past.read', input: ({ orgId }) => ({ orgId, afterSeq: 0 }) },
    range: { needs: 'past.read', input: inOrg },
  },
  budgets: {
    list: { needs: 'budgets.read', input: inOrg },
    set: {
      needs: 'budgets.workspace.write',
      input: (things) => ({
        ...{ ...inWorkspace(things), scope: 'workspace', period: 'day', limits: { ...noLimits, money: 1_000_000 } },
      }),
      tells: ['budget.set'],
    },
    remove: {
      ...{ needs: 'budgets.org.write', needsFirst: 'budgets.workspace.write' },
      input: ({ orgId, budgetId }) => ({ orgId, budgetId }),
      tells: ['budget.removed'],
    },
    prices: { needs: 'budgets.read', input: inOrg },
    setPrice: {
      needs: 'budgets.prices.write',
      input: ({ orgId }) => ({ orgId, model: 'rehearsal', input: 1, output: 1 }),
      tells: ['price.set'],
    },
    resetPrice: {
      needs: 'budgets.prices.write',
      input: ({ orgId }) => ({ orgId, model: 'rehearsal' }),
      tells: ['price.set'],
    },
    today: { needs: 'budgets.read', input: inOrg },
    waitOf: { needs: 'budgets.read', input: ofDelegation, others: 'ok' },
    spend: { needs: 'budgets.read', input: inOrg },
  },
  secrets: {
    list: { needs: 'secrets.read', input: inOrg },
    missing: { needs: 'secrets.missing.read', input: inOrg },
    declared: { needs: 'secrets.read', input: inWorkspace },
    set: {
      needs: 'secrets.workspace.write',
      input: (things) => ({ ...inWorkspace(things), name: 'NEW_TOKEN', value: 'a-value-of-no-service' }),
      tells: ['secret.set'],
    },
    setMany: {
      needs: 'secrets.workspace.write',
      input: (things) => ({ ...inWorkspace(things), entries: [{ name: 'NEW_TOKEN', value: 'a-value-of-none' }] }),
      tells: ['secret.set'],
    },
    remove: {
      ...{ needs: 'secrets.org.write', needsFirst: 'secrets.read' },
      input: ({ orgId, secretId }) => ({ orgId, secretId }),
      tells: ['secret.deleted'],
    },
    restore: {
      ...{ needs: 'secrets.org.write', needsFirst: 'secrets.read' },
      input: ({ orgId, goneSecretId: secretId }) => ({ orgId, secretId }),
      tells: ['secret.restored'],
    },
    test: {
      needs: 'secrets.test',
      input: (things) => ({ ...inWorkspace(things), service: 'none' }),
      ...{ own: 'bad-input', others: 'bad-input', tells: { none: 'It asks a service, and keeps nothing.' } },
    },
    keyStatus: { needs: 'secrets.read', input: inOrg },
    rotateKeys: {
      needs: 'secrets.keys.rotate',
      input: ({ orgId }) => ({ orgId, kind: 'data' }),
      tells: ['secrets.rotation-started'],
    },
    usage: { needs: 'secrets.usage.read', input: ({ orgId, secretId }) => ({ orgId, secretId }) },
  },
  keys: {
    list: { needs: 'keys.read', input: inOrg },
    create: {
      needs: 'keys.own.write',
      input: ({ orgId }) => ({ orgId, name: 'Mine', holder: 'me', role: 'viewer' }),
      tells: ['key.created'],
    },
    revoke: {
      ...{ needs: 'keys.org.write', needsFirst: 'keys.own.write', refusal: 'not-found' },
      input: ({ orgId, keyId }) => ({ orgId, keyId }),
      tells: ['key.revoked'],
    },
    tokens: { needs: 'agent-tokens.read', input: inWorkspace },
    issueToken: { needs: 'agent-tokens.write', input: inWorkspace, tells: ['agent-token.issued'] },
    rotateToken: {
      needs: 'agent-tokens.write',
      input: ({ orgId, agentId: workspaceId }) => ({ orgId, workspaceId }),
      tells: ['agent-token.rotated'],
    },
    revokeToken: {
      needs: 'agent-tokens.write',
      input: ({ orgId, tokenId }) => ({ orgId, tokenId }),
      tells: ['agent-token.revoked'],
    },
  },
  schedules: {
    list: { needs: 'schedules.read', input: inWorkspace, others: 'ok' },
    runs: { needs: 'schedules.read', input: ofSchedule, others: 'ok' },
    preview: { needs: 'orgs.read', input: ({ orgId }) => ({ orgId, cron: '0 9 * * 1', timeZone: 'UTC' }) },
    declared: { needs: 'schedules.read', input: inWorkspace, others: 'ok' },
    takeDeclared: {
      needs: 'schedules.write',
      input: inWorkspace,
      others: 'ok',
      tells: { none: 'Nothing is declared here.' },
    },
    create: {
      needs: 'schedules.write',
      input: (things) => ({ ...inWorkspace(things), ...plan }),
      tells: ['schedule.created'],
    },
    change: {
      needs: 'schedules.write',
      input: (things) => ({ ...ofSchedule(things), ...plan, version: 1 }),
      tells: ['schedule.changed'],
    },
    enable: { needs: 'schedules.write', input: ofSchedule, tells: { none: 'It is on already.' } },
    disable: { needs: 'schedules.write', input: ofSchedule, tells: ['schedule.changed'] },
    run: { needs: 'schedules.run', input: ofSchedule, tells: ['delegation.queued', 'schedule.fired'] },
    delete: { needs: 'schedules.write', input: ofSchedule, tells: ['schedule.deleted'] },
    restore: {
      needs: 'schedules.write',
      input: ({ orgId, goneScheduleId: scheduleId }) => ({ orgId, scheduleId }),
      tells: ['schedule.created'],
    },
  },
}
