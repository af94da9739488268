import { Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { readAllowedHost, writeAllowedHost } from '#shared/sandbox/allowed-host.ts'
import type { SandboxHost } from '#shared/sandbox/contract.ts'
import { readProblem } from '../../../kernel/app-error.ts'
import { useMay } from '../../../kernel/may.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { IconButton } from '../../../ui/icon-button.tsx'
import { SkeletonLines } from '../../../ui/skeleton.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { useAllowHost, useHosts, useRemoveHost } from './use-sandbox.ts'

/** Whom programs of agents may reach, where the config of their workspace names it too. */
export function HostList({ orgId }: { orgId: OrgId }) {
  const hosts = useHosts(orgId)
  const mayAllow = useMay(orgId, 'sandbox.allow')
  if (!hosts.data) {
    if (!hosts.error) return <SkeletonLines count={3} label="Loading the hosts" />
    const { message, fix } = readProblem(hosts.error)
    return (
      <ErrorPanel title={message} action={<Button onClick={() => void hosts.refetch()}>Try again</Button>}>
        {fix}
      </ErrorPanel>
    )
  }
  return (
    <>
      <p className="text-12 text-pretty text-fg-2">
        Programs of agents have no network. A project may reach the hosts listed here, where its workspace names them
        too, as in <span className="font-mono">network_hosts: [packages.example.org:443]</span> of its config.yaml.
      </p>
      {hosts.data.length > 0 && (
        <ul aria-label="Hosts that may be reached">
          {hosts.data.map((host) => (
            <li key={writeAllowedHost(host)} className="border-line border-b last:border-0">
              <Host orgId={orgId} host={host} mayRemove={mayAllow} />
            </li>
          ))}
        </ul>
      )}
      {hosts.data.length === 0 && <p className="text-13">Nobody may be reached.</p>}
      {mayAllow && <AddHost orgId={orgId} />}
    </>
  )
}

function Host({ orgId, host, mayRemove }: { orgId: OrgId; host: SandboxHost; mayRemove: boolean }) {
  const remove = useRemoveHost()
  const name = writeAllowedHost(host)
  return (
    <div className="flex min-h-8 items-center gap-2 text-13">
      <span className="min-w-0 flex-1 py-1 font-mono break-all">{name}</span>
      <span className="shrink-0 text-12 text-fg-3">
        {host.allowedBy}, <TimeAgo at={host.allowedAt} />
      </span>
      {mayRemove && (
        <IconButton
          icon={X}
          size="small"
          label={`Remove ${name}`}
          disabled={remove.isPending}
          onClick={() => remove.mutate({ orgId, host: name })}
        />
      )}
    </div>
  )
}

function AddHost({ orgId }: { orgId: OrgId }) {
  const [text, setText] = useState('')
  const allow = useAllowHost()
  const isHost = readAllowedHost(text) !== undefined
  const problem = allow.error ? readProblem(allow.error).message : undefined
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (isHost) allow.mutate({ orgId, host: text }, { onSuccess: () => setText('') })
  }
  return (
    <form onSubmit={add} className="flex items-end gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label="Host and port"
          placeholder="packages.example.org:443"
          value={text}
          onChange={setText}
          error={problem}
          className="w-full font-mono"
        />
      </div>
      <Button icon={Plus} type="submit" disabled={!isHost || allow.isPending}>
        Allow
      </Button>
    </form>
  )
}
