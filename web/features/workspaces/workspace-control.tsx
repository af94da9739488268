import { Snowflake, Square } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { IfMay } from '../../kernel/if-may.tsx'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { useWorkspaces } from './cache.ts'
import { type ControlOffer, controlOffers, liftedFirst } from './control.ts'
import { controlIcons } from './control-icons.ts'
import { runControl } from './run-control.ts'

type Props = { orgId: OrgId; workspace: Workspace }

/** The two switches of a workspace that is neither paused nor frozen; what is set is said by `StandingNote`. */
export function WorkspaceControl({ orgId, workspace }: Props) {
  const workspaces = useWorkspaces(orgId)
  const mayControl = useMay(orgId, 'workspaces.control')
  if (!mayControl) return null
  const offers = (['pause', 'freeze'] as const).flatMap((kind) => controlOffers(workspaces, [workspace.id], kind))
  return (
    <>
      {offers
        .filter(({ verb }) => verb === 'pause' || verb === 'freeze')
        .map((offer) => (
          <IconButton
            key={offer.verb}
            icon={controlIcons[offer.verb]}
            label={offer.label}
            size="small"
            onClick={() => void runControl(orgId, offer)}
          />
        ))}
    </>
  )
}

/** What holds the workspace now, what that means, and the button that lifts it; the whole organisation's say stands elsewhere. */
export function StandingNote({ orgId, workspace }: Props) {
  const workspaces = useWorkspaces(orgId)
  const offerOf = (kind: 'pause' | 'freeze') => controlOffers(workspaces, [workspace.id], kind)[0]
  const because = (kind: 'pause' | 'freeze') => {
    const above = liftedFirst(workspaces, workspace, kind)
    return above ? ` with ${above.name}` : ''
  }
  const [pause, freeze] = [offerOf('pause'), offerOf('freeze')]
  return (
    <>
      {pause?.verb === 'resume' && (
        <Note orgId={orgId} icon={Square} offer={pause}>
          Paused{because('pause')}: nothing new begins here.
        </Note>
      )}
      {freeze?.verb === 'unfreeze' && (
        <Note orgId={orgId} icon={Snowflake} offer={freeze}>
          Frozen{because('freeze')}: it may think and read, nothing else.
        </Note>
      )}
    </>
  )
}

type NoteProps = { orgId: OrgId; icon: typeof Square; offer: ControlOffer; children: ReactNode }

function Note({ orgId, icon: Icon, offer, children }: NoteProps) {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-6 bg-surface-3 px-2.5 py-1.5 text-12">
      <p className="flex min-w-40 flex-1 items-start gap-2 text-pretty text-fg-2">
        <Icon size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0" />
        <span>{children}</span>
      </p>
      <IfMay orgId={orgId} permission="workspaces.control">
        <Button size="small" icon={controlIcons[offer.verb]} onClick={() => void runControl(orgId, offer)}>
          {offer.label}
        </Button>
      </IfMay>
    </div>
  )
}
