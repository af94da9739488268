import type { McpServers } from '#shared/mcp/contract.ts'
import { filesInside, folderInside } from '#shared/mcp/inside.ts'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TextareaField } from '../../ui/textarea-field.tsx'
import type { ServerDraft } from './server-draft.ts'

type ProgramFieldsProps = {
  known: McpServers
  draft: ServerDraft
  onChange: (part: Partial<ServerDraft>) => void
  errorAt: (field: string) => string | undefined
  isEnvWrong: boolean
}

/** What is started in the sandbox, word by word: a person approves exactly this before it ever runs. */
export function ProgramFields({ known, draft, onChange, errorAt, isEnvWrong }: ProgramFieldsProps) {
  const folders = [...new Set([...known.folders, ...(draft.folder === '' ? [] : [draft.folder])])]
  return (
    <>
      {known.sandbox.state === 'none' && (
        <p className="rounded-6 bg-waiting-soft px-3 py-2 text-13 text-pretty text-state-waiting">
          No program can run on this server: {known.sandbox.reason}
        </p>
      )}
      <TextField
        label="Program"
        className="font-mono"
        placeholder="node"
        hint="node, python3 or another program of the sandbox. It has no network and sees nothing of the machine."
        value={draft.command}
        onChange={(command) => onChange({ command })}
        error={errorAt('transport.command')}
      />
      <TextareaField
        label="Arguments"
        className="font-mono"
        hint="One a line, passed as they are: there is no shell."
        value={draft.args}
        onChange={(args) => onChange({ args })}
      />
      <Select
        label="Folder of this machine"
        value={draft.folder}
        options={[
          { value: '', label: 'None' },
          ...folders.map((folder) => ({ value: folder, label: `${folder}, seen as ${folderInside(folder)}` })),
        ]}
        onChange={(folder) => onChange({ folder })}
        hint="Seen read-only. Whoever runs this server lists the folders."
        error={errorAt('transport.folder')}
      />
      <TextareaField
        label="Environment"
        className="font-mono"
        placeholder="API_KEY={{secret API_KEY}}"
        hint="One a line. {{secret NAME}} stands for a secret."
        value={draft.env}
        onChange={(env) => onChange({ env })}
        error={isEnvWrong ? 'Write each line as NAME=value.' : errorAt('transport.env')}
      />
      <TextField
        label="A file for it"
        className="font-mono"
        placeholder="server.py"
        hint={`Its name; it lies in ${filesInside}.`}
        value={draft.filePath}
        onChange={(filePath) => onChange({ filePath })}
      />
      {draft.filePath.trim() !== '' && (
        <TextareaField
          label={`What is in ${draft.filePath.trim()}`}
          className="font-mono"
          value={draft.fileText}
          onChange={(fileText) => onChange({ fileText })}
        />
      )}
    </>
  )
}
