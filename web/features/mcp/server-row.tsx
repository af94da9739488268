import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { McpServer, McpServers } from '#shared/mcp/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { useMay } from '../../kernel/may.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkedWords } from '../../ui/linked-words.tsx'
import { Switch } from '../../ui/switch.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useWorkspaces } from '../workspaces/index.ts'
import { ApproveCommand } from './approve-command.tsx'
import { ApproveTools } from './approve-tools.tsx'
import { ServerForm } from './server-form.tsx'
import { ToolRow } from './tool-row.tsx'
import { problemWords, useChangeServer, useRemoveServer, useTryServer } from './use-mcp.ts'
import { placeOf, reachWords, stateLook, toolCount } from './words.ts'

type ServerRowProps = { orgId: OrgId; known: McpServers; server: McpServer }

/** One server: where it is, how it stands, what it waits for and what can be done with it. */
export function ServerRow({ orgId, known, server }: ServerRowProps) {
  const [isEditing, setEditing] = useState(false)
  const [showsTools, setShowsTools] = useState(false)
  const mayWrite = useMay(orgId, 'mcp.write')
  const change = useChangeServer()
  const attempt = useTryServer()
  const remove = useRemoveServer(orgId)
  const workspaces = useWorkspaces(orgId)
  const { id: serverId, name, state, transport, reach, approved, trouble, lacks, isOn } = server
  const { word, tone } = stateLook(state)
  if (isEditing) return <ServerForm orgId={orgId} known={known} server={server} onClose={() => setEditing(false)} />
  return (
    <div className="py-3">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 truncate font-mono text-13 font-medium">{name}</h3>
        <Badge tone={tone}>{word}</Badge>
        <span className="flex-1" />
        {mayWrite && (
          <Switch
            label={`${name} is on`}
            isOn={isOn}
            disabled={change.isPending}
            onChange={(next) => change.mutate({ orgId, serverId, isOn: next })}
          />
        )}
      </div>
      <p className="mt-0.5 truncate font-mono text-12 text-fg-2" title={placeOf(transport)}>
        {placeOf(transport)}
      </p>
      <p className="mt-0.5 text-12 text-pretty text-fg-2">
        {reachWords(reach, (id) => workspaces.find((one) => one.id === id)?.name)}
        {approved && (
          <>
            {` · ${toolCount(approved.tools.length)}, approved by ${approved.byName} `}
            <TimeAgo at={approved.at} />
          </>
        )}
      </p>
      {lacks.length > 0 && (
        <p className="mt-1 text-12 text-pretty break-words text-state-waiting">
          <LinkedWords
            text={`Needs the ${lacks.length === 1 ? 'secret' : 'secrets'} ${lacks.join(', ')}. Add ${lacks.length === 1 ? 'it' : 'them'} in Settings, Secrets.`}
          />
        </p>
      )}
      {state === 'unreachable' && trouble && (
        <p className="mt-1 text-12 text-pretty break-words text-danger">
          {trouble.reason} <TimeAgo at={trouble.at} />
        </p>
      )}
      {state === 'command' && transport.kind === 'stdio' && (
        <ApproveCommand orgId={orgId} server={server} transport={transport} />
      )}
      {(state === 'tools' || state === 'changed') && <ApproveTools orgId={orgId} server={server} />}
      <div className="mt-2 flex flex-wrap gap-2">
        {mayWrite && state !== 'command' && state !== 'off' && (
          <Button
            size="small"
            tone={state === 'untried' ? 'primary' : 'secondary'}
            isBusy={attempt.isPending}
            aria-label={`Try ${name}`}
            onClick={() => attempt.mutate({ orgId, serverId })}
          >
            Try it
          </Button>
        )}
        {approved && state !== 'changed' && (
          <Button size="small" aria-expanded={showsTools} onClick={() => setShowsTools(!showsTools)}>
            {showsTools ? 'Hide its tools' : `Look at ${toolCount(approved.tools.length)}`}
          </Button>
        )}
        {mayWrite && (
          <>
            <Button size="small" aria-label={`Change ${name}`} onClick={() => setEditing(true)}>
              Change
            </Button>
            <Button
              size="small"
              tone="ghost"
              aria-label={`Remove ${name}`}
              isBusy={remove.isPending}
              onClick={() => remove.mutate(server)}
            >
              Remove
            </Button>
          </>
        )}
      </div>
      <p role="status" className="mt-1 text-12 text-pretty text-state-completed empty:hidden">
        {attempt.data && !attempt.isPending ? `It answered and offers ${toolCount(attempt.data.tools)}.` : ''}
      </p>
      {attempt.error && readProblem(attempt.error).message !== trouble?.reason && (
        <p role="alert" className="mt-1 text-12 text-pretty break-words text-danger">
          {problemWords(attempt.error)}
        </p>
      )}
      {showsTools && approved && state !== 'changed' && (
        <ul aria-label={`Tools of ${name}`} className="mt-2 rounded-6 bg-surface-2 px-3">
          {approved.tools.map((tool) => (
            <ToolRow key={tool.name} orgId={orgId} server={server} tool={tool} />
          ))}
        </ul>
      )}
    </div>
  )
}
