import type { Priority } from '#shared/delegations/contract.ts'
import { maxTaskChars } from '#shared/delegations/limits.ts'
import { explainCronLine } from '#shared/schedules/cron-line.ts'
import { maxScheduleNameChars } from '#shared/schedules/limits.ts'
import { isTimeZone } from '#shared/schedules/time-zone.ts'

/** What a person fills in. */
export type ScheduleForm = { name: string; cron: string; timeZone: string; task: string; priority: Priority }

export type FormProblems = Partial<Record<keyof ScheduleForm, string>>

/** What is wrong, field by field, in the words the server would use. */
export function checkForm({ name, cron, timeZone, task }: ScheduleForm): FormProblems {
  return {
    ...(name.trim() === '' && { name: 'Give the schedule a name.' }),
    ...(name.trim().length > maxScheduleNameChars && { name: `Use at most ${maxScheduleNameChars} characters.` }),
    ...(task.trim() === '' && { task: 'Say what is to be done.' }),
    ...(task.trim().length > maxTaskChars && { task: `Use at most ${maxTaskChars} characters.` }),
    ...problemOf('cron', explainCronLine(cron)),
    ...(!isTimeZone(timeZone.trim()) && { timeZone: 'Name a time zone, for example Europe/Berlin or UTC.' }),
  }
}

function problemOf(field: 'cron', message: string | undefined): FormProblems {
  return message === undefined ? {} : { [field]: message }
}

export const presets: readonly { label: string; cron: string }[] = [
  { label: 'Every hour', cron: '0 * * * *' },
  { label: 'Every day', cron: '0 9 * * *' },
  { label: 'Weekdays', cron: '0 9 * * 1-5' },
  { label: 'Mondays', cron: '0 9 * * 1' },
  { label: 'Monthly', cron: '0 9 1 * *' },
]
