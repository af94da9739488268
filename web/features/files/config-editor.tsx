import { FileCode2, ListChecks } from 'lucide-react'
import { type ReactNode, Suspense, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { configPath } from '#shared/files/paths.ts'
import type { WorkspaceId } from '#shared/kernel/ids.ts'
import type { Workspace } from '#shared/workspaces/contract.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { useCommands } from '../../kernel/commands.ts'
import { oneOf, readStored, writeStored } from '../../kernel/storage.ts'
import { Button } from '../../ui/button.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { configSchema } from './config-schema.ts'
import { FileEditor, type FileEditorProps } from './file-editor.tsx'
import { configHelp } from './help/config-help.ts'
import { MakeSecretDialog } from './make-secret-dialog.tsx'
import { useSurroundings } from './use-surroundings.ts'

const ConfigFormView = lazyPart(() =>
  import('./form/config-form-view.tsx').then((part) => ({ default: part.ConfigFormView })),
)

type Face = 'form' | 'yaml'
const faceKey = 'editor.config-face'

export type ConfigEditorProps = Pick<FileEditorProps, 'statusPlace' | 'isActive' | 'tidy' | 'onReady'> & {
  orgId: FileEditorProps['file']['orgId']
  workspace: Workspace
  onGoTo: (workspace: WorkspaceId) => void
  /** Said above the text, e.g. that work in flight began with an older config. */
  notice?: ReactNode
}

/** config.yaml in its two faces, a form and the text; both edit the one text. */
export function ConfigEditor({ orgId, workspace, onGoTo, notice, ...rest }: ConfigEditorProps) {
  const [face, setFace] = useState<Face>(() => readStored(faceKey, oneOf('form', 'yaml'), 'yaml'))
  const [found, setFound] = useState<{ name: string; value: string }>()
  const file = { orgId, workspaceId: workspace.id, path: configPath }
  const around = useSurroundings({ orgId, workspaceId: workspace.id, goTo: onGoTo, makeSecret: setFound })
  const help = useMemo(() => configHelp(around), [around])
  const show = (next: Face) => {
    setFace(next)
    writeStored(faceKey, next)
  }
  const other: Face = face === 'form' ? 'yaml' : 'form'
  const commands = useMemo(
    () => [
      {
        id: 'config.face',
        title: other === 'form' ? 'Show the config as a form' : 'Show the config as YAML',
        group: 'Editor',
        keys: 'Mod+Shift+Y' as const,
        allowWhileTyping: true,
        run: () => {
          setFace(other)
          writeStored(faceKey, other)
        },
      },
    ],
    [other],
  )
  useCommands(commands)
  const label = `Config of ${workspace.name}`
  return (
    <>
      {notice}
      {rest.statusPlace &&
        rest.isActive !== false &&
        createPortal(
          <Button
            size="small"
            icon={other === 'form' ? ListChecks : FileCode2}
            onClick={() => show(other)}
            className="order-first"
          >
            {other === 'form' ? 'Show as form' : 'Show as YAML'}
          </Button>,
          rest.statusPlace,
        )}
      <FileEditor
        {...rest}
        file={file}
        label={label}
        help={help}
        yamlSchema={configSchema}
        face={
          face === 'form'
            ? ({ text, isReadOnly, set }) => (
                <Suspense fallback={<Loading />}>
                  <ConfigFormView
                    label={label}
                    text={text}
                    isReadOnly={isReadOnly}
                    around={around}
                    onChange={set}
                    onShowYaml={() => show('yaml')}
                  />
                </Suspense>
              )
            : undefined
        }
        beside={({ text, set }) =>
          found && (
            <MakeSecretDialog
              orgId={orgId}
              workspaceId={workspace.id}
              found={found}
              onClose={() => setFound(undefined)}
              onKept={(name) => {
                set(text.replaceAll(found.value, name))
                setFound(undefined)
              }}
            />
          )
        }
      />
    </>
  )
}

function Loading() {
  return (
    <div className="p-4">
      <SkeletonLines count={6} label="Loading the form" />
    </div>
  )
}
