import { ScheduleId, type WorkspaceId } from '#shared/kernel/ids.ts'
import { CreateSchedule, type DeclaredSchedule } from '#shared/schedules/contract.ts'
import { spellOut } from '#shared/schedules/cron-nickname.ts'
import { DeclaredWorkspace } from '#shared/templates/declared.ts'
import { type OrgContext, requireMay } from '../../kernel/actor.ts'
import { inSnapshot, inTransaction, type Reader } from '../../kernel/db.ts'
import { uuidv7 } from '../../kernel/uuid.ts'
import { insertOne } from './create-schedule.ts'
import { nextRun } from './next-run.ts'
import { listDeclaredRows, lockWorkspaceSchedules, markDisabled } from './store.ts'

type Declared = DeclaredSchedule & { input: CreateSchedule | null }

/** The template's schedules of a workspace that are not taken over yet, each with what stands in its way. */
export async function listDeclared(context: OrgContext, workspaceId: WorkspaceId): Promise<DeclaredSchedule[]> {
  requireMay(context, 'schedules.read')
  const { db, orgId } = context
  const declared = await inSnapshot(db, orgId, (reader) => readDeclared(reader, workspaceId))
  return declared.map(({ input: _, ...shown }) => shown)
}

/** Takes over those that can be, on or off as the template says; gives how many. */
export async function takeDeclared(context: OrgContext, workspaceId: WorkspaceId): Promise<{ taken: number }> {
  requireMay(context, 'schedules.write')
  return await inTransaction(context, async (tx) => {
    await lockWorkspaceSchedules(tx, workspaceId)
    const ready = (await readDeclared(tx, workspaceId)).filter((one) => one.problem === null)
    for (const { input, isEnabled } of ready) {
      if (!input) continue
      const id = ScheduleId.parse(uuidv7())
      await insertOne(tx, context, id, input)
      if (!isEnabled) await markDisabled(tx, id)
    }
    return { taken: ready.length }
  })
}

async function readDeclared(reader: Reader, workspaceId: WorkspaceId): Promise<Declared[]> {
  const rows = await listDeclaredRows(reader, workspaceId)
  const taken = new Set<string>()
  return rows.flatMap((row) => {
    const found = DeclaredWorkspace.shape.schedules.element.safeParse(row).data
    if (!found || taken.has(found.name)) return []
    taken.add(found.name)
    return [toDeclared(reader, workspaceId, found)]
  })
}

type FromTemplate = DeclaredWorkspace['schedules'][number]

function toDeclared({ orgId }: Reader, workspaceId: WorkspaceId, found: FromTemplate): Declared {
  const { name, prompt: task, timezone: timeZone, isEnabled } = found
  const cron = spellOut(found.cron)
  const parsed = CreateSchedule.safeParse({ orgId, workspaceId, name, cron, timeZone, task })
  const shown = { name, cron, timeZone, isEnabled }
  if (!parsed.success) {
    return { ...shown, problem: parsed.error.issues[0]?.message ?? 'It cannot be read.', input: null }
  }
  // The clock of the planning is the database's; here it only matters whether the time ever comes.
  const problem = nextRun(parsed.data, new Date(0)) ? null : 'Its time never comes.'
  return { ...shown, problem, input: parsed.data }
}
