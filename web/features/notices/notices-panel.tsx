import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Bell, CheckCheck, Hand, ListFilter } from 'lucide-react'
import { useState } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { Notice } from '#shared/notices/contract.ts'
import { readProblem } from '../../kernel/app-error.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { SkeletonLines } from '../../ui/skeleton.tsx'
import { listQuery, stateQuery } from './cache.ts'
import { gather } from './gather.ts'
import type { LocalNotice } from './keep-noticed.ts'
import { KindsPanel } from './kinds-panel.tsx'
import { markLocal, useLocalNotices } from './local-notices.ts'
import { NoticeRow } from './notice-row.tsx'
import { useMark, useMarkAll } from './use-marks.ts'
import { type NoticeTarget, noticeWords } from './words.ts'

/** As many as the server marks at once. */
const mostAtOnce = 200

export type NoticesPanelProps = {
  orgId: OrgId
  /** Questions that wait for an answer; they are counted at the hand and only pointed at here. */
  asked: number
  onAsked: () => void
  onOpen: (target: NoticeTarget) => void
}

/** What happened that concerns the person, newest first. */
export function NoticesPanel(props: NoticesPanelProps) {
  const [shown, setShown] = useState<'list' | 'kinds'>('list')
  if (shown === 'kinds') return <KindsPanel orgId={props.orgId} onBack={() => setShown('list')} />
  return <ListPanel {...props} onKinds={() => setShown('kinds')} />
}

function ListPanel({ orgId, asked, onAsked, onOpen, onKinds }: NoticesPanelProps & { onKinds: () => void }) {
  const pages = useInfiniteQuery(listQuery(orgId))
  const unread = useQuery(stateQuery(orgId)).data?.unread ?? 0
  const local = useLocalNotices(orgId)
  const mark = useMark(orgId)
  const markAll = useMarkAll(orgId)
  const notices = pages.data?.pages.flatMap((page) => page.notices) ?? []
  const [newest] = notices
  const isAllRead = unread === 0 && local.every(({ isRead }) => isRead)
  const readAll = () => {
    markLocal(orgId)
    if (newest) markAll.mutate(newest.seq)
  }
  return (
    <section aria-label="Notices" className="flex flex-col">
      <div className="flex items-center gap-1 border-b border-line py-1.5 pr-2 pl-3">
        <h2 className="flex-1 font-medium">Notices</h2>
        <Button size="small" tone="ghost" icon={CheckCheck} disabled={isAllRead} onClick={readAll}>
          Mark all as read
        </Button>
        <Button size="small" tone="ghost" icon={ListFilter} onClick={onKinds}>
          Kinds
        </Button>
      </div>
      {asked > 0 && (
        <div className="flex items-center gap-2.5 border-b border-line bg-waiting-soft px-3 py-2">
          <Hand size={14} strokeWidth={1.75} aria-hidden className="shrink-0 text-state-waiting" />
          <p className="flex-1 font-medium">
            {asked === 1 ? 'One question waits for approval' : `${asked} questions wait for approval`}
          </p>
          <Button size="small" onClick={onAsked}>
            Answer
          </Button>
        </div>
      )}
      <Rows
        notices={notices}
        local={local}
        onOpen={(unread, target) => {
          if (unread.length > 0) mark.mutate(unread)
          onOpen(target)
        }}
        onRead={(unread) => mark.mutate(unread)}
        onLocalRead={(id) => markLocal(orgId, id)}
      />
      <Rest orgId={orgId} isEmpty={notices.length + local.length === 0} />
    </section>
  )
}

type RowsProps = {
  notices: readonly Notice[]
  local: readonly LocalNotice[]
  onOpen: (unread: number[], target: NoticeTarget) => void
  onRead: (unread: number[]) => void
  onLocalRead: (id: string) => void
}

function Rows({ notices, local, onOpen, onRead, onLocalRead }: RowsProps) {
  if (notices.length + local.length === 0) return null
  const here = local.map((notice) => ({
    at: notice.at,
    row: (
      <NoticeRow
        key={notice.id}
        at={notice.at}
        glyph={notice.tone === 'waiting' ? 'offline' : notice.tone}
        sentence={notice.title}
        isRead={notice.isRead}
        act={notice.act}
        onRead={() => onLocalRead(notice.id)}
      />
    ),
  }))
  const told = gather(notices).map(({ newest, earlier }) => {
    const { sentence, glyph, act } = noticeWords(newest)
    const unread = [newest, ...earlier].flatMap(({ isRead, seq }) => (isRead ? [] : [seq])).slice(0, mostAtOnce)
    const row = (
      <NoticeRow
        // The oldest of a line stays while newer ones come.
        key={(earlier.at(-1) ?? newest).seq}
        at={newest.at}
        glyph={glyph}
        sentence={sentence}
        earlier={earlier.map((one) => ({ id: one.seq, sentence: noticeWords(one).sentence }))}
        about={newest.delegation?.task}
        isRead={unread.length === 0}
        act={act && { label: act.label, run: () => onOpen(unread, act.to) }}
        onRead={() => onRead(unread)}
      />
    )
    return { at: newest.at, row }
  })
  const rows = [...here, ...told].toSorted((a, b) => b.at.localeCompare(a.at))
  return <ul aria-label="Notices, newest first">{rows.map(({ row }) => row)}</ul>
}

/** What stands below the rows: more of them, why there are none, or that they could not be read. */
function Rest({ orgId, isEmpty }: { orgId: OrgId; isEmpty: boolean }) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(listQuery(orgId))
  if (error) {
    const { message, fix } = readProblem(error)
    return (
      <div className="p-3">
        <ErrorPanel title={message} action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {fix}
        </ErrorPanel>
      </div>
    )
  }
  if (!data) {
    return (
      <div className="p-3">
        <SkeletonLines label="Loading the notices" />
      </div>
    )
  }
  if (hasNextPage) {
    return (
      <div className="flex justify-center border-t border-line p-2">
        <Button size="small" tone="ghost" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      </div>
    )
  }
  if (!isEmpty) return null
  return (
    <EmptyState icon={Bell} title="Nothing needs you">
      Work that completes, fails or is stopped at a limit is told here, and stays until you have read it.
    </EmptyState>
  )
}
