import type { CallsOf } from '../call.ts'
import { inWorkspace, ofSchedule } from '../inputs.ts'

const plan = { name: 'Weekly', cron: '0 9 * * 1', timeZone: 'UTC', task: 'Say hello' }

export const schedules: CallsOf<'schedules'> = {
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
}
