import { Archive, Bell, Pause, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { CopyableId } from '../ui/copyable-id.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { Menu } from '../ui/menu.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { Select } from '../ui/select.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Switch } from '../ui/switch.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { TextField } from '../ui/text-field.tsx'
import { TextareaField } from '../ui/textarea-field.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { Section, State } from './section.tsx'

const tones = ['primary', 'secondary', 'ghost', 'danger'] as const
const badges = ['neutral', 'accent', 'waiting', 'completed', 'failed'] as const
const sizes = [
  { value: 'small', label: 'Small' },
  { value: 'large', label: 'Large' },
] as const

export function Controls() {
  return (
    <>
      <Section title="Buttons">
        <div className="flex flex-wrap items-end gap-4">
          {tones.map((tone) => (
            <State key={tone} name={tone}>
              <span className="flex items-center gap-2">
                <Button tone={tone} icon={Plus}>
                  New workspace
                </Button>
                <Button tone={tone} size="small">
                  Small
                </Button>
                <Button tone={tone} isBusy>
                  Busy
                </Button>
                <Button tone={tone} disabled>
                  Off
                </Button>
              </span>
            </State>
          ))}
          <State name="icons">
            <span className="flex items-center gap-1">
              <IconButton icon={Bell} label="Notices" />
              <IconButton icon={Pause} label="Pause" isActive />
              <IconButton icon={Trash2} label="Delete" disabled />
              <Spinner />
            </span>
          </State>
        </div>
      </Section>
      <Section title="Marks">
        <div className="flex flex-wrap items-center gap-3">
          {badges.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <Kbd keys={['Ctrl', 'K']} />
          <CopyableId id="0197a000-0000-7000-8000-000000000001" />
          <TimeAgo at="2026-01-01T00:00:00.000Z" />
        </div>
      </Section>
      <Fields />
    </>
  )
}

function Fields() {
  const [text, setText] = useState('Researcher')
  const [size, setSize] = useState<'small' | 'large'>('small')
  const [isOn, setOn] = useState(true)
  const [tab, setTab] = useState<'one' | 'two'>('one')
  return (
    <>
      <Section title="Fields">
        <div className="grid gap-4 wide:grid-cols-3">
          <TextField label="Name" hint="Shown on the card." value={text} onChange={setText} />
          <TextField
            label="Name that is taken"
            error="Another workspace is called so."
            value={text}
            onChange={setText}
          />
          <TextField label="Name that is fixed" value={text} onChange={setText} disabled />
          <Select label="Size" options={sizes} value={size} onChange={setSize} />
          <TextareaField label="Task" value={text} onChange={setText} />
          <div className="flex flex-wrap items-center gap-4">
            <Segmented label="Size" options={sizes} value={size} onChange={setSize} />
            <Switch label="On or off" isOn={isOn} onChange={setOn} />
            <Switch label="Off" isOn={false} onChange={setOn} />
            <Menu
              label="Acts"
              entries={[
                { id: 'archive', label: 'Archive', icon: Archive, keys: ['A'], run: () => undefined },
                { id: 'off', label: 'Not now', refused: 'Nothing is selected', run: () => undefined },
                { kind: 'rule', id: 'rule' },
                { id: 'delete', label: 'Delete', tone: 'danger', run: () => undefined },
              ]}
            >
              <Button>Open a menu</Button>
            </Menu>
          </div>
        </div>
      </Section>
      <Section title="Tabs">
        <div className="flex h-28 max-w-130 flex-col rounded-8 border border-line">
          <Tabs
            label="Parts"
            active={tab}
            onSelect={setTab}
            tabs={[
              { id: 'one', label: 'Overview' },
              { id: 'two', label: 'Prompt', mark: { label: 'Unsaved changes' } },
            ]}
          >
            <p className="p-3">The panel of the open tab.</p>
          </Tabs>
        </div>
      </Section>
    </>
  )
}
