import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'

/** Codes that are shown this once. */
export function BackupCodes({ codes }: { codes: readonly string[] }) {
  const [isCopied, setCopied] = useState(false)
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label="Backup codes" className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-6 bg-surface-3 p-3 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Button
          size="small"
          icon={isCopied ? Check : Copy}
          onClick={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))}
        >
          {isCopied ? 'Copied' : 'Copy all'}
        </Button>
      </div>
    </div>
  )
}
