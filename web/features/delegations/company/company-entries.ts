import { OctagonX, Play, Snowflake, Sun } from 'lucide-react'
import type { Org } from '#shared/orgs/contract.ts'
import type { MenuEntry } from '../../../ui/menu.tsx'
import { askToStop } from './ask.ts'
import { refusalFor, setFrozen, startAgain } from './org-control.ts'

/** The part of the org's menu that freezes and stops it; none until the org is known. */
export function companyEntries(org: Org | undefined): MenuEntry[] {
  if (!org) return []
  const refused = refusalFor(org)
  const { id, isStopped, isFrozen } = org
  return [
    isFrozen
      ? { id: 'unfreeze', label: 'Unfreeze', icon: Sun, refused, run: () => void setFrozen(id, false) }
      : { id: 'freeze', label: 'Freeze', icon: Snowflake, refused, run: () => void setFrozen(id, true) },
    isStopped
      ? { id: 'start', label: 'Start the company again', icon: Play, refused, run: () => void startAgain(id) }
      : {
          id: 'stop',
          label: 'Stop the company…',
          icon: OctagonX,
          tone: 'danger',
          refused,
          run: () => askToStop(true),
        },
  ]
}
