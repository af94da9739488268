import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { backendFor, type OtherBackend } from '#sandbox/browser/choose.ts'
import type { Capabilities, Language } from '#sandbox/sandbox.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Button } from '#web/ui/button.tsx'
import { Popover } from '#web/ui/popover.tsx'
import { formatDuration } from './describe-result.ts'
import { runLimits, type SandboxState } from './runner.ts'
import { ServerPlace } from './server/server-place.tsx'

type SandboxBadgeProps = { orgId: OrgId; sandbox: SandboxState; language: Language }

/** Says which backend runs the code and how it is kept apart; pressed, why this one and what another would give. */
export function SandboxBadge({ orgId, sandbox, language }: SandboxBadgeProps) {
  if (sandbox.phase === 'starting') return <span className="text-12 text-fg-3">Sandbox is starting</span>
  if (sandbox.phase === 'unavailable') {
    return (
      <Popover label="Sandbox" trigger={<Trigger icon={<TriangleAlert {...iconSize} />}>No sandbox</Trigger>}>
        <Words title="Nothing can run here">{sandbox.reason}</Words>
        <Others others={sandbox.others} />
        <ServerPlace orgId={orgId} />
      </Popover>
    )
  }
  const backend = backendFor(sandbox.choice, language)
  if (backend === undefined) return null
  const { label, why, lacks } = backend
  const { name, capabilities } = backend.sandbox
  return (
    <Popover label="Sandbox" width="wide" trigger={<Trigger icon={<ShieldCheck {...iconSize} />}>{label}</Trigger>}>
      <Words title={name}>{capabilities.isolation}</Words>
      <Words title="Why this one">{why}</Words>
      <Words title="What it gives">{givenBy(capabilities)}</Words>
      {lacks.length > 0 && (
        <div className="mb-3">
          <p className="text-13 font-medium">What it has not, and who has</p>
          <ul className="list-disc space-y-1 pl-4 text-12 text-pretty text-fg-2">
            {lacks.map(({ what, words }) => (
              <li key={what}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      <Words title="Limits of a run">
        {formatDuration(runLimits.timeMs)}, {runLimits.outputBytes / 1000} kB of output,{' '}
        {runLimits.fileBytes / 1_000_000} MB of files
        {capabilities.memoryLimit
          ? `, ${runLimits.memoryBytes / 1_048_576} MB of memory.`
          : '. Of memory it takes what this browser gives.'}
      </Words>
      <Others others={sandbox.choice.others} />
      <ServerPlace orgId={orgId} />
    </Popover>
  )
}

const languageNames = { typescript: 'TypeScript', javascript: 'JavaScript', python: 'Python' } as const

function givenBy({ languages, terminal, preview, shims }: Capabilities): string {
  const runs = languages.map((language) => languageNames[language]).join(', ')
  const has = [preview && 'a preview of what the code serves', terminal && 'a terminal'].filter(Boolean)
  const node = shims === true ? ' Of Node’s modules it has small stand-ins.' : ''
  const withIt = has.length > 0 ? `, ${has.join(', ')}` : ''
  return `${runs}${withIt}.${node}`
}

const iconSize = { size: 14, strokeWidth: 1.75, 'aria-hidden': true }

function Trigger({ icon, children, ...rest }: ComponentProps<'button'> & { icon: ReactNode }) {
  return (
    <button
      type="button"
      {...rest}
      className="inline-flex h-6 min-w-0 shrink items-center gap-1.5 rounded-6 px-2 text-12 text-fg-2 transition-colors hover:bg-hover hover:text-fg data-[state=open]:bg-hover"
    >
      <span className="sr-only">Sandbox: </span>
      {icon}
      <span className="truncate">{children}</span>
    </button>
  )
}

function Words({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-3 last:mb-0">
      <p className="text-13 font-medium">{title}</p>
      <p className="text-12 text-pretty text-fg-2">{children}</p>
    </div>
  )
}

function Others({ others }: { others: readonly OtherBackend[] }) {
  return others.map(({ name, gives, whyNot, askAgain }) => (
    <div key={name} className="border-t border-line pt-3 pb-3">
      <Words title={name}>
        Would give {gives}. {whyNot}
      </Words>
      {askAgain && (
        <Button size="small" className="mt-2" onClick={askAgain}>
          Try again
        </Button>
      )}
    </div>
  ))
}
