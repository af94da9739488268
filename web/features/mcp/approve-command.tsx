import type { OrgId } from '#shared/kernel/ids.ts'
import type { McpServer, StdioTransport } from '#shared/mcp/contract.ts'
import { filesInside, folderInside } from '#shared/mcp/inside.ts'
import { useMay } from '../../kernel/may.ts'
import { Button } from '../../ui/button.tsx'
import { problemWords, useApproveCommand } from './use-mcp.ts'
import { visibleText } from './visible-text.ts'

type ApproveCommandProps = { orgId: OrgId; server: McpServer; transport: StdioTransport }

/** Exactly what would be run, and the yes to it. */
export function ApproveCommand({ orgId, server, transport }: ApproveCommandProps) {
  const mayApprove = useMay(orgId, 'mcp.approve')
  const approve = useApproveCommand()
  const { id: serverId, commandHash, commandApproved } = server
  return (
    <section aria-label={`Command of ${server.name}`} className="mt-2 rounded-6 bg-surface-2 p-3">
      <p className="text-12 text-pretty text-fg-2">
        {commandApproved
          ? `This is another command than the one ${commandApproved.byName} approved. It does not run before somebody approves it as it is now.`
          : 'It runs in the sandbox: no network, nothing of the machine but what is named here. It does not run before somebody approves exactly this.'}
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key.
        tabIndex={0}
        className="mt-2 max-h-60 overflow-auto font-mono text-12 whitespace-pre-wrap break-all [font-variant-ligatures:none]"
      >
        {visibleText(commandText(transport))}
      </pre>
      {approve.error && (
        <p role="alert" className="mt-2 text-12 text-danger">
          {problemWords(approve.error)}
        </p>
      )}
      {mayApprove && commandHash !== null && (
        <Button
          size="small"
          tone="primary"
          className="mt-2"
          isBusy={approve.isPending}
          onClick={() => approve.mutate({ orgId, serverId, hash: commandHash })}
        >
          Approve this command
        </Button>
      )}
      {!mayApprove && <p className="mt-2 text-12 text-fg-2">An owner or admin approves it.</p>}
    </section>
  )
}

/** One word a line, so that none hides in another. */
function commandText({ command, args, env, folder, files }: StdioTransport): string {
  return [
    command,
    ...args.map((arg) => `  ${arg}`),
    ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...(folder === null ? [] : [`${folder} as ${folderInside(folder)}, read-only`]),
    ...Object.entries(files).map(([path, text]) => `${filesInside}/${path}:\n${text}`),
  ].join('\n')
}
