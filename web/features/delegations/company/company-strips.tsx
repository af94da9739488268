import { type LucideIcon, OctagonX, Play, Snowflake, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Org } from '#shared/orgs/contract.ts'
import { Button } from '../../../ui/button.tsx'
import { refusalFor, setFrozen, startAgain } from './org-control.ts'

/** Of an org that is stopped or frozen: what that means, and the way out. */
export function CompanyStrips({ org }: { org: Org }) {
  const refused = refusalFor(org)
  return (
    <>
      {org.isStopped && (
        <Strip
          label="The company is stopped"
          look="bg-failed-soft"
          icon={OctagonX}
          tint="text-state-failed"
          act={
            <Button
              size="small"
              icon={Play}
              disabled={refused !== undefined}
              title={refused}
              onClick={() => void startAgain(org.id)}
            >
              Start again
            </Button>
          }
        >
          The company is stopped. What was running has ended, and nothing begins until it is started again.
        </Strip>
      )}
      {org.isFrozen && (
        <Strip
          label="The organisation is frozen"
          look="bg-surface-2"
          icon={Snowflake}
          tint="text-fg-2"
          act={
            <Button
              size="small"
              icon={Sun}
              disabled={refused !== undefined}
              title={refused}
              onClick={() => void setFrozen(org.id, false)}
            >
              Unfreeze
            </Button>
          }
        >
          Frozen. Agents may think, read and talk; whatever would change something is refused.
        </Strip>
      )}
    </>
  )
}

type StripProps = { label: string; look: string; icon: LucideIcon; tint: string; act: ReactNode; children: ReactNode }

function Strip({ label, look, icon: Icon, tint, act, children }: StripProps) {
  return (
    <section
      aria-label={label}
      className={`${look} flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2`}
    >
      <p role="status" className="flex min-w-0 flex-1 basis-64 gap-2 text-13 text-pretty">
        <Icon size={16} strokeWidth={1.75} aria-hidden className={`mt-0.5 shrink-0 ${tint}`} />
        <span>{children}</span>
      </p>
      {act}
    </section>
  )
}
