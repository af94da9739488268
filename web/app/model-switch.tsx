import { useMutation } from '@tanstack/react-query'
import type { Org } from '#shared/orgs/contract.ts'
import { askKeys } from '../features/secrets/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { queryClient, trpc } from '../kernel/trpc.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { notify } from '../ui/toast.ts'

/** Says who plays the models, and lets an admin change it. */
export function ModelSwitch({ org }: { org: Org }) {
  const { mutate, isPending } = useMutation(
    trpc.orgs.setRehearsal.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() }),
      onError: (error) => notify({ title: readProblem(error).message, detail: readProblem(error).fix, tone: 'failed' }),
    }),
  )
  const mayChange = org.role === 'owner' || org.role === 'admin'
  const words = org.isRehearsal ? rehearsal : live
  return (
    <Popover
      label={words.label}
      trigger={
        <button type="button" className="hidden rounded-4 wide:flex">
          <ModelBadge isRehearsal={org.isRehearsal} />
        </button>
      }
    >
      <div className="flex max-w-72 flex-col items-start gap-3">
        <p className="text-13 text-pretty text-fg-2">{words.text}</p>
        {mayChange ? (
          <Button
            isBusy={isPending}
            onClick={() =>
              org.isRehearsal ? askKeys({ kind: 'go-live' }) : mutate({ orgId: org.id, isRehearsal: true })
            }
          >
            {words.act}
          </Button>
        ) : (
          <p className="text-12 text-pretty text-fg-3">An owner or admin can change this.</p>
        )}
      </div>
    </Popover>
  )
}

function ModelBadge({ isRehearsal }: { isRehearsal: boolean }) {
  return <Badge tone={isRehearsal ? 'accent' : 'neutral'}>{isRehearsal ? 'Rehearsal' : 'Live models'}</Badge>
}

const rehearsal = {
  label: 'About rehearsal',
  text: 'The rehearsal model plays every workspace here: no key, no cost, and the same words for the same task. Its answers are marked wherever they appear.',
  act: 'Use real models…',
}

const live = {
  label: 'About live models',
  text: 'Every workspace is run by the model its config names, and its calls cost money. Keys come from the secrets of the organisation; work that lacks one waits for it.',
  act: 'Go back to rehearsal',
}
