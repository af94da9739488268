import { Download, FileText, X } from 'lucide-react'
import type { FileView } from '#shared/chat/contract.ts'
import type { OrgId } from '#shared/kernel/ids.ts'
import { Spinner } from '../../ui/spinner.tsx'
import type { FileState } from './chosen-files.ts'
import { formatBytes } from './format-bytes.ts'

const chip = 'flex max-w-full items-start gap-1.5 rounded-6 border border-line bg-surface px-2 py-1 text-12'

/** Files that were given with words, to be kept. */
export function GivenFiles({ orgId, files }: { orgId: OrgId; files: readonly FileView[] }) {
  if (files.length === 0) return null
  return (
    <ul aria-label="Files" className="mt-1.5 flex flex-wrap gap-1.5">
      {files.map(({ id, name, bytes, missing }) => (
        <li key={id} className="max-w-full">
          <a href={`/api/orgs/${orgId}/attachments/${id}`} download={name} className={`${chip} hover:bg-hover`}>
            <FileText size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0 text-fg-2" />
            <span className="min-w-0 break-words">
              {name} <span className="text-fg-2">{formatBytes(bytes)}</span>
              {missing !== null && <span className="block text-fg-2">{missing}</span>}
            </span>
            <Download
              size={14}
              strokeWidth={1.75}
              role="img"
              aria-label="Download"
              className="mt-px shrink-0 text-fg-2"
            />
          </a>
        </li>
      ))}
    </ul>
  )
}

/** Files that will go with the next words. */
export function ChosenFiles({ files, onRemove }: { files: readonly FileState[]; onRemove: (file: FileState) => void }) {
  if (files.length === 0) return null
  return (
    <ul aria-label="Files to send" className="flex flex-wrap gap-1.5">
      {files.map((file) => (
        <li key={file.key} className={chip}>
          {file.phase === 'sending' ? (
            <Spinner />
          ) : (
            <FileText size={14} strokeWidth={1.75} aria-hidden className="mt-px shrink-0 text-fg-2" />
          )}
          <span className="min-w-0 break-words">
            {file.name} <span className="text-fg-2">{formatBytes(file.bytes)}</span>
            {file.phase === 'sending' && <span className="block text-fg-2">on its way</span>}
            {file.phase === 'refused' && (
              <span role="alert" className="block text-danger">
                {file.reason}
              </span>
            )}
            {file.phase === 'kept' && file.missing !== null && <span className="block text-fg-2">{file.missing}</span>}
            {file.phase === 'kept' && file.isMasked && (
              <span className="block text-fg-2">A secret stood in it: it is kept as the secret’s name.</span>
            )}
          </span>
          <button
            type="button"
            aria-label={`Remove ${file.name}`}
            onClick={() => onRemove(file)}
            className="-mr-1 rounded-4 p-0.5 text-fg-2 hover:bg-hover hover:text-fg"
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}
