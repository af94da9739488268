import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { LibraryEntry } from '#shared/templates/library.ts'
import { useMay } from '../../kernel/may.ts'
import { client, queryClient, trpc } from '../../kernel/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { ProblemText } from '../workspaces/index.ts'
import { askTemplates } from './ask.ts'
import { ChartSketch } from './chart-sketch.tsx'
import { countOf } from './words.ts'

/** The organisations that ship with the product: a card each, and beside them what the chosen one is. */
export function GalleryDialog({ orgId, onClose }: { orgId: OrgId; onClose: () => void }) {
  const { data, error } = useQuery({ ...trpc.templates.library.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  const [slug, setSlug] = useState<string>()
  const navigate = useNavigate()
  const mayImport = useMay(orgId, 'templates.import')
  const chosen = data?.find((entry) => entry.slug === slug) ?? data?.[0]
  const create = useMutation({
    mutationFn: (entry: LibraryEntry) => client.templates.createOrg.mutate({ name: entry.name, slug: entry.slug }),
    onSuccess: async ({ orgId: made }) => {
      await queryClient.invalidateQueries({ queryKey: trpc.orgs.pathKey() })
      onClose()
      await navigate({ to: '/o/$orgId', params: { orgId: made }, search: {} })
    },
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="full"
      title="Templates"
      description="Small organisations to start from. They rehearse without any key; every prompt in them is yours to edit."
      footer={
        <>
          <Button icon={FolderOpen} className="mr-auto" onClick={() => askTemplates({ kind: 'import' })}>
            Import a folder or file
          </Button>
          <Button
            disabled={!chosen || !mayImport}
            title={mayImport ? undefined : 'Admins import templates.'}
            onClick={() =>
              chosen &&
              askTemplates({ kind: 'import', from: { kind: 'library', slug: chosen.slug, name: chosen.name } })
            }
          >
            Add to this organisation
          </Button>
          <Button
            tone="primary"
            disabled={!chosen}
            isBusy={create.isPending}
            onClick={() => chosen && create.mutate(chosen)}
          >
            New organisation from it
          </Button>
        </>
      }
    >
      <ProblemText error={error ?? create.error} />
      {!data && !error && <SkeletonLines count={5} label="Loading the templates" />}
      {data && chosen && (
        <div className="grid gap-4 pb-2 wide:grid-cols-[minmax(0,1fr)_minmax(0,1.35fr)]">
          <div role="radiogroup" aria-label="Templates" className="grid content-start gap-2">
            {data.map((entry) => (
              <Card
                key={entry.slug}
                entry={entry}
                isChosen={entry.slug === chosen.slug}
                onChoose={() => setSlug(entry.slug)}
              />
            ))}
          </div>
          <Preview entry={chosen} />
        </div>
      )}
    </Dialog>
  )
}

function Card({ entry, isChosen, onChoose }: { entry: LibraryEntry; isChosen: boolean; onChoose: () => void }) {
  return (
    <label
      className={classes(
        'block cursor-pointer rounded-8 border px-3 py-2.5 transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent',
        isChosen ? 'border-accent bg-accent-soft' : 'border-line-2 hover:bg-hover',
      )}
    >
      <input
        type="radio"
        name="template"
        checked={isChosen}
        onChange={onChoose}
        className="sr-only"
        // biome-ignore lint/a11y/noAutofocus: a dialog gives the keyboard to what it is about.
        autoFocus={isChosen}
      />
      <span className="flex items-baseline justify-between gap-3">
        <span className="font-semibold">{entry.name}</span>
        <span className="shrink-0 text-12 text-fg-2 tabular-nums">{countOf(entry.workspaces.length, 'workspace')}</span>
      </span>
      <span className="mt-0.5 block text-12 text-pretty text-fg-2">{entry.tagline}</span>
    </label>
  )
}

function Preview({ entry: { name, description, workspaces, keys, tries } }: { entry: LibraryEntry }) {
  return (
    <section aria-label={`About ${name}`} className="min-w-0 rounded-8 border border-line bg-surface-2 p-4">
      <ChartSketch name={name} workspaces={workspaces} />
      <p className="mt-3 text-pretty text-fg-2">{description}</p>
      <h3 className="mt-3 text-13 font-semibold">Who is in it</h3>
      <ul className="mt-1 grid gap-1 text-12">
        {workspaces.map(({ path, role }) => (
          <li key={path.join('\n')} className="text-pretty">
            <span className="font-medium">{path.at(-1)}</span> <span className="text-fg-2">{role}</span>
          </li>
        ))}
      </ul>
      <h3 className="mt-3 text-13 font-semibold">Keys</h3>
      <p className="mt-1 text-12 text-fg-2">
        {keys.length === 0 ? 'None: it rehearses until you choose a model.' : keys.join(', ')}
      </p>
      {tries.length > 0 && (
        <>
          <h3 className="mt-3 text-13 font-semibold">What to try first</h3>
          <ul className="mt-1 grid gap-1 text-12 text-fg-2">
            {tries.map(({ workspace, task }) => (
              <li key={task} className="text-pretty">
                <span className="font-medium text-fg">{workspace}:</span> {task}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
