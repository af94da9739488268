import { FileArchive, FolderOpen, LayoutTemplate } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { classes } from '../../ui/classes.ts'
import { askTemplates } from './ask.ts'
import { type Dropped, filesOfDrop, filesOfInput } from './dropped.ts'

/** Where a template comes from: dropped here, chosen as a folder or a file, or one of ours. */
export function ChooseTemplate({ onChoose }: { onChoose: (dropped: Dropped) => void }) {
  const folder = useRef<HTMLInputElement>(null)
  const file = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const choose = (input: HTMLInputElement) => {
    const dropped = input.files ? filesOfInput(input.files) : undefined
    if (dropped) onChoose(dropped)
    input.value = ''
  }
  const drop = async (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    const dropped = await filesOfDrop(event.dataTransfer.items)
    if (dropped) onChoose(dropped)
  }
  return (
    <div className="pb-5">
      <section
        aria-label="Drop a template here"
        onDragOver={(event) => {
          event.preventDefault()
          setIsOver(true)
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => void drop(event)}
        className={classes(
          'flex flex-col items-center gap-1 rounded-8 border border-dashed px-4 py-8 text-center transition-colors',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-2 bg-surface-2',
        )}
      >
        <FolderOpen size={20} strokeWidth={1.5} aria-hidden className="mb-1 text-fg-3" />
        <p className="text-13 font-medium">Drop a folder with an org.yaml here</p>
        <p className="text-12 text-fg-2">or a .zip of one, or a .bundle.json</p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <Button icon={FolderOpen} onClick={() => folder.current?.click()} data-autofocus>
            Choose a folder
          </Button>
          <Button icon={FileArchive} onClick={() => file.current?.click()}>
            Choose a file
          </Button>
        </div>
        <input
          ref={folder}
          type="file"
          aria-label="Folder of a template"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => choose(event.target)}
          {...{ webkitdirectory: '' }}
        />
        <input
          ref={file}
          type="file"
          accept=".zip,.json"
          aria-label="File of a template"
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => choose(event.target)}
        />
      </section>
      <div className="mt-3 flex items-center justify-between gap-3">
        <p className="text-12 text-fg-2">Values of a .env stay on this device until you store them as secrets.</p>
        <Button tone="ghost" icon={LayoutTemplate} onClick={() => askTemplates({ kind: 'gallery' })}>
          Templates
        </Button>
      </div>
    </div>
  )
}
