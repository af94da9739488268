import { useMutation } from '@tanstack/react-query'
import type { ContactPolicy, Org } from '#shared/orgs/contract.ts'
import { mayAs } from '#shared/policies.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { queryClient, trpc } from '../../kernel/trpc.ts'
import { classes } from '../../ui/classes.ts'
import { notify } from '../../ui/toast.ts'

const policies = [
  { value: 'direct', label: 'Close', means: 'A workspace talks to its parent, its siblings and its reports.' },
  { value: 'lineage', label: 'In line', means: 'Also to everyone above and below it, however far.' },
] as const satisfies readonly { value: ContactPolicy; label: string; means: string }[]

/** Who may talk to whom: the chart is the access policy. */
export function ContactChoice({ org }: { org: Org }) {
  const set = useMutation(
    trpc.orgs.setContactPolicy.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() }),
      onError: (error) => {
        const { message, fix } = readProblem(error)
        notify({ title: message, detail: fix, tone: 'failed' })
      },
    }),
  )
  const may = mayAs(org.role, 'orgs.contact-policy.write')
  return (
    <fieldset disabled={!may || set.isPending} className="border-b border-line px-4 py-4">
      <legend className="float-left mb-2 w-full text-13 font-medium">Who may talk to whom</legend>
      <div className="clear-both flex flex-col gap-2">
        {policies.map(({ value, label, means }) => (
          <label
            key={value}
            className={classes(
              'flex items-start gap-2.5 rounded-6 border px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent',
              org.contactPolicy === value ? 'border-accent bg-accent-soft' : 'border-line-2',
              may && 'hover:border-accent',
            )}
          >
            <input
              type="radio"
              name="contact-policy"
              className="mt-0.5 accent-accent"
              checked={org.contactPolicy === value}
              onChange={() => set.mutate({ orgId: org.id, contactPolicy: value })}
            />
            <span className="min-w-0">
              <span className="block text-13 font-medium">{label}</span>
              <span className="block text-12 text-fg-2">{means}</span>
            </span>
          </label>
        ))}
      </div>
      {!may && <p className="mt-2 text-12 text-fg-3">Owners and admins can change this.</p>}
    </fieldset>
  )
}
