import type { OrgId } from '#shared/kernel/ids.ts'
import type { Org } from '#shared/orgs/contract.ts'
import type { Command } from '../../../kernel/commands.ts'
import { queryClient, trpc } from '../../../kernel/trpc.ts'
import { askToStop } from './ask.ts'
import { refusalFor, setFrozen, startAgain } from './org-control.ts'

/** What holds for the whole organisation, from the palette. */
export function companyCommands(orgId: OrgId): Command[] {
  const allows = (wanted: (org: Org) => boolean) => () => {
    const org = queryClient.getQueryData(trpc.orgs.list.queryKey())?.find((one) => one.id === orgId)
    return org !== undefined && refusalFor(org) === undefined && wanted(org)
  }
  const group = 'Organisation'
  return [
    {
      id: 'org.stop',
      title: 'Stop the company…',
      group,
      when: allows((org) => !org.isStopped),
      run: () => askToStop(true),
    },
    {
      id: 'org.start',
      title: 'Start the company again',
      group,
      when: allows((org) => org.isStopped),
      run: () => void startAgain(orgId),
    },
    {
      id: 'org.freeze',
      title: 'Freeze the organisation',
      group,
      when: allows((org) => !org.isFrozen),
      run: () => void setFrozen(orgId, true),
    },
    {
      id: 'org.unfreeze',
      title: 'Unfreeze the organisation',
      group,
      when: allows((org) => org.isFrozen),
      run: () => void setFrozen(orgId, false),
    },
  ]
}
