import type { OrgId } from '#shared/kernel/ids.ts'
import type { Command } from '../../kernel/commands.ts'
import { saveLog } from './export.ts'

export function auditCommands(orgId: OrgId): Command[] {
  return [
    {
      id: 'audit.export',
      title: 'Export the log of this organisation',
      group: 'Organisation',
      run: () => saveLog(orgId),
    },
  ]
}
