import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { MutableKind } from '#shared/notices/contract.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { stateQuery } from './cache.ts'
import { useMute } from './use-marks.ts'
import { kindsInOrder, kindWords } from './words.ts'

/** Which kinds the person wants to hear of; remembered on the server, for every browser of theirs. */
export function KindsPanel({ orgId, onBack }: { orgId: OrgId; onBack: () => void }) {
  const muted = useQuery(stateQuery(orgId)).data?.muted ?? []
  const mute = useMute(orgId)
  const turn = (kind: MutableKind, isOn: boolean) =>
    mute.mutate(isOn ? muted.filter((each) => each !== kind) : [...muted, kind])
  return (
    <section aria-label="Kinds of notices" className="flex flex-col">
      <div className="flex items-center gap-2 border-b border-line px-2 py-1.5">
        <Button size="small" tone="ghost" icon={ArrowLeft} onClick={onBack} autoFocus>
          Back to the notices
        </Button>
      </div>
      <ul className="px-3 py-1">
        {kindsInOrder.map((kind) => (
          <li key={kind} className="flex min-h-8 items-center justify-between gap-3">
            <span>{kindWords[kind]}</span>
            <Switch label={kindWords[kind]} isOn={!muted.includes(kind)} onChange={(isOn) => turn(kind, isOn)} />
          </li>
        ))}
      </ul>
      <p className="border-t border-line px-3 py-2 text-12 text-pretty text-fg-2">
        What is off is neither listed nor counted. Questions that wait for an approval always show at the hand.
      </p>
    </section>
  )
}
