import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Tabs as RadixTabs } from 'radix-ui'
import { Fragment, type ReactNode, useEffect, useRef, type WheelEvent } from 'react'
import { classes } from './classes.ts'
import { useScrollEdges } from './use-scroll-edges.ts'

export type Tab<T extends string> = {
  id: T
  label: string
  /** Something unsaved or new waits there. */
  mark?: { label: string }
  /** Draws a hairline before this tab: another kind of thing begins. */
  startsGroup?: boolean
}

export type TabsProps<T extends string> = {
  /** What the tabs are about, for those who listen. */
  label: string
  tabs: readonly Tab<T>[]
  active: T
  onSelect: (id: T) => void
  /** By arrow keys alone a tab opens as it is reached; `manual` waits for Enter, where opening may ask or take time. */
  activation?: 'automatic' | 'manual'
  /** Stands at the right end of the row. */
  aside?: ReactNode
  /** The active tab's panel; it fills what is left. */
  children: ReactNode
}

/** Underlined tabs over one panel; too many of them scroll sideways, and fade where there are more. */
export function Tabs<T extends string>({ label, tabs, active, onSelect, activation, aside, children }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the active tab must stay in sight when it changes.
  useEffect(() => {
    list.current?.querySelector('[data-state="active"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active])
  const { isMoreBefore, isMoreAfter } = useScrollEdges(list)
  const scroll = (by: number) => list.current?.scrollBy({ left: by, behavior: 'smooth' })
  const onWheel = ({ deltaX, deltaY }: WheelEvent) => {
    if (deltaX === 0) list.current?.scrollBy({ left: deltaY })
  }
  const select = (next: string) => {
    const tab = tabs.find((candidate) => candidate.id === next)
    if (tab) onSelect(tab.id)
  }
  return (
    <RadixTabs.Root
      value={active}
      onValueChange={select}
      activationMode={activation}
      className="flex min-h-0 min-w-0 flex-1 flex-col"
    >
      <div className="flex shrink-0 flex-wrap items-stretch border-b border-line wide:h-9 wide:flex-nowrap">
        <div className="relative flex min-w-0 grow basis-full wide:basis-0">
          <RadixTabs.List
            ref={list}
            aria-label={label}
            onWheel={onWheel}
            className={classes(
              'flex h-9 min-w-0 flex-1 [scrollbar-width:none] items-stretch overflow-x-auto scroll-px-14 px-2',
              isMoreBefore && 'mask-l-from-[calc(100%-3.5rem)] mask-l-to-[calc(100%-1.5rem)]',
              isMoreAfter && 'mask-r-from-[calc(100%-3.5rem)] mask-r-to-[calc(100%-1.5rem)]',
            )}
          >
            {tabs.map((tab) => (
              <Fragment key={tab.id}>
                {tab.startsGroup && <span aria-hidden className="mx-2 my-1.5 w-px shrink-0 bg-line-2" />}
                <RadixTabs.Trigger value={tab.id} className={trigger}>
                  {tab.label}
                  {tab.mark && (
                    <span role="img" aria-label={tab.mark.label} className="size-1.5 rounded-full bg-current" />
                  )}
                </RadixTabs.Trigger>
              </Fragment>
            ))}
          </RadixTabs.List>
          {isMoreBefore && <More side="left" onScroll={() => scroll(-160)} />}
          {isMoreAfter && <More side="right" onScroll={() => scroll(160)} />}
        </div>
        {aside !== undefined && (
          <div className="flex h-9 basis-full items-center justify-end gap-2 border-t border-line px-2 wide:basis-auto wide:border-0">
            {aside}
          </div>
        )}
      </div>
      <RadixTabs.Content
        value={active}
        className="flex min-h-0 min-w-0 flex-1 flex-col focus-visible:outline-offset-[-2px]"
      >
        {children}
      </RadixTabs.Content>
    </RadixTabs.Root>
  )
}

const sides = { left: { icon: ChevronLeft, at: 'left-0' }, right: { icon: ChevronRight, at: 'right-0' } }

/** For the pointer alone: by arrow keys every tab is reached and comes into sight. */
function More({ side, onScroll }: { side: keyof typeof sides; onScroll: () => void }) {
  const { icon: Icon, at } = sides[side]
  return (
    <button
      type="button"
      aria-hidden
      tabIndex={-1}
      onClick={onScroll}
      className={classes('absolute inset-y-0 flex w-6 items-center justify-center text-fg-3 hover:text-fg', at)}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
    </button>
  )
}

const trigger = classes(
  'relative flex shrink-0 items-center gap-1.5 px-2 text-13 whitespace-nowrap text-fg-2 transition-colors hover:text-fg',
  'focus-visible:outline-offset-[-3px] data-[state=active]:font-medium data-[state=active]:text-fg',
  'after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 data-[state=active]:after:bg-accent',
)
