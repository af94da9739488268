import { useMutation } from '@tanstack/react-query'
import { Check, Play } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { hintOf } from '#shared/secrets/hint.ts'
import type { EnvEntry } from '#shared/secrets/parse-env.ts'
import type { ShownPlan } from '#shared/templates/import.ts'
import { useMay } from '../../kernel/may.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { useOneAtATime } from '../../ui/use-one-at-a-time.ts'
import { ProblemText } from '../workspaces/index.ts'
import { countOf } from './words.ts'

type ImportDoneProps = { orgId: OrgId; plan: ShownPlan; env: readonly EnvEntry[]; onClose: () => void }

/** What to do now: store the keys that lay beside the template, and give the first work. */
export function ImportDone({ orgId, plan, env, onClose }: ImportDoneProps) {
  return (
    <div className="flex flex-col gap-4 pb-2">
      <OfferKeys orgId={orgId} env={env} />
      {plan.tries.map((one) => (
        <TryFirst key={one.task} orgId={orgId} tries={one} onClose={onClose} />
      ))}
    </div>
  )
}

function OfferKeys({ orgId, env }: { orgId: OrgId; env: readonly EnvEntry[] }) {
  const mayStore = useMay(orgId, 'secrets.org.write')
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const store = useMutation({
    gcTime: 0,
    mutationFn: (entries: EnvEntry[]) => client.secrets.setMany.mutate({ orgId, workspaceId: null, entries }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.secrets.pathKey() }),
  })
  if (env.length === 0) return null
  const chosen = env.filter(({ name }) => !left.has(name)).slice(0, 200)
  const toggle = (name: string) =>
    setLeft(new Set(left.has(name) ? [...left].filter((one) => one !== name) : [...left, name]))
  if (store.isSuccess) {
    return (
      <p role="status" className="flex items-center gap-2">
        <Check size={16} strokeWidth={1.75} aria-hidden className="text-state-completed" />
        {countOf(store.data.length, 'key')} stored as secrets of this organisation.
      </p>
    )
  }
  return (
    <section aria-label="Keys of the .env">
      <h3 className="text-13 font-semibold">Keys that lay beside the template</h3>
      <p className="mb-2 text-12 text-fg-2">
        Stored as secrets they are encrypted, and each agent gets only those it declares. What you leave out is
        forgotten.
      </p>
      <ul className="grid gap-1">
        {env.map(({ name, value }) => (
          <li key={name}>
            <label className="flex items-center gap-2">
              <input
                type="checkbox"
                checked={!left.has(name)}
                disabled={!mayStore}
                onChange={() => toggle(name)}
                className="accent-(--accent)"
              />
              <span className="font-mono text-12">{name}</span>
              <span className="font-mono text-12 text-fg-3">{hintOf(value)}</span>
            </label>
          </li>
        ))}
      </ul>
      <ProblemText error={store.error} />
      <Button
        className="mt-2"
        disabled={!mayStore || chosen.length === 0}
        isBusy={store.isPending}
        onClick={() => store.mutate(chosen.map(({ name, value }) => ({ name, value })))}
      >
        {mayStore ? `Store ${countOf(chosen.length, 'key')} as secrets` : 'Admins store keys'}
      </Button>
    </section>
  )
}

type TryFirstProps = { orgId: OrgId; tries: ShownPlan['tries'][number]; onClose: () => void }

function TryFirst({ orgId, tries: { workspace, task }, onClose }: TryFirstProps) {
  const give = useMutation({
    mutationFn: async () => {
      // Asked for itself: an answer that was on its way is older than the import, and this one older than what is shown by then.
      const { workspaces } = await client.workspaces.list.query({ orgId })
      // The newest of that name is the one that was just imported.
      const found = workspaces.findLast(({ name }) => name === workspace)
      if (!found) throw new Error(`${workspace} is not there`)
      return await client.delegations.create.mutate({ orgId, workspaceId: found.id, task })
    },
    onSuccess: onClose,
  })
  const begin = useOneAtATime()
  return (
    <section aria-label="Try first">
      <h3 className="text-13 font-semibold">Try first</h3>
      <p className="mt-1 rounded-6 bg-surface-2 px-3 py-2 text-pretty">{task}</p>
      <ProblemText error={give.error} />
      <Button
        icon={Play}
        className="mt-2"
        isBusy={give.isPending}
        onClick={() => begin((end) => give.mutate(undefined, { onError: end }))}
      >
        Give it to {workspace}
      </Button>
    </section>
  )
}
