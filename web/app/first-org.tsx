import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import type { LibraryEntry } from '#shared/templates/library.ts'
import { StartCards } from '../features/onboarding/index.ts'
import { askNewOrg, NewOrgDialog } from '../features/people/index.ts'
import { readProblem } from '../kernel/app-error.ts'
import { client, queryClient, trpc } from '../kernel/trpc.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LogoMark } from './logo-mark.tsx'

/** For somebody without an organisation: a team that works at once, or an empty one. */
export function FirstOrg() {
  const navigate = useNavigate()
  const create = useMutation({
    mutationFn: ({ name, slug }: LibraryEntry) => client.templates.createOrg.mutate({ name, slug }),
    onSuccess: async ({ orgId }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
      await navigate({ to: '/o/$orgId', params: { orgId }, search: {} })
    },
  })
  const problem = create.error ? readProblem(create.error) : undefined
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center-safe gap-3 overflow-y-auto bg-surface-2 p-6">
      <LogoMark size={28} />
      <h1 className="text-20 font-semibold">No organisation yet</h1>
      <p className="mb-3 max-w-130 text-center text-pretty text-fg-2">
        An organisation is a chart of agents and the work they do. Begin with a small team that rehearses without any
        key; everything in it is yours to change.
      </p>
      {problem && <ErrorPanel title={problem.message}>{problem.fix}</ErrorPanel>}
      <Suspense>
        <StartCards
          chosen={create.isPending ? create.variables.slug : undefined}
          onChoose={(entry) => create.mutate(entry)}
          blank={{
            title: 'Blank',
            about: 'An empty organisation, to draw a team of your own.',
            run: () => askNewOrg(true),
          }}
        />
        <NewOrgDialog />
      </Suspense>
    </main>
  )
}
