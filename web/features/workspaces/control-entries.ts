import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { isMacPlatform, keyCaps } from '../../kernel/keys.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { controlOffers } from './control.ts'
import { controlIcons } from './control-icons.ts'
import { runControl } from './run-control.ts'

/** The entries of a menu that pause, resume, freeze and unfreeze these workspaces. */
export function controlEntries(
  orgId: OrgId,
  workspaces: readonly Workspace[],
  ids: readonly WorkspaceId[],
): MenuEntry[] {
  return (['pause', 'freeze'] as const).flatMap((kind) =>
    controlOffers(workspaces, ids, kind).map((offer, place) => ({
      id: offer.verb,
      label: offer.label,
      icon: controlIcons[offer.verb],
      ...(place === 0 ? { keys: keyCaps(controlKeys[kind], isMacPlatform()) } : {}),
      run: () => void runControl(orgId, offer),
    })),
  )
}

export const controlKeys = { pause: 'P', freeze: 'Shift+P' } as const
