import type { Cursor } from '#shared/drafts/contract.ts'
import type { OrgId, WorkspaceId } from '#shared/kernel/ids.ts'
import { client } from '../../../kernel/trpc.ts'
import { pageId } from './page-id.ts'
import { presence } from './presence-store.ts'

type OpenFile = { orgId: OrgId; workspaceId: WorkspaceId; path: string }
type File = OpenFile & { cursor: Cursor | null; onSeq: (seq: number) => void }

const sayEveryMs = 5_000
/** At most so often while a cursor moves. */
const paceMs = 150

let org: { orgId: OrgId; workspaceId: WorkspaceId | null } | undefined
let file: File | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let saidAt = 0
let isSaying = false

/** Says to the others which workspace is selected here, for as long as the org is open. */
export function beAt(orgId: OrgId, workspaceId: WorkspaceId | null): () => void {
  org = { orgId, workspaceId }
  saySoon()
  const leave = () => sayGone(orgId)
  // A page that comes back from the browser's cache is here again.
  const comeBack = () => saySoon()
  window.addEventListener('pagehide', leave)
  window.addEventListener('pageshow', comeBack)
  return () => {
    window.removeEventListener('pagehide', leave)
    window.removeEventListener('pageshow', comeBack)
  }
}

/** The org is closed. */
export function beGone(orgId: OrgId): void {
  org = undefined
  clearTimeout(timer)
  timer = undefined
  sayGone(orgId)
}

/** Says which file is open here. `onSeq` hears how far its text has come on the server. */
export function openFile(opened: OpenFile, onSeq: (seq: number) => void): () => void {
  const mine: File = { ...opened, cursor: null, onSeq }
  file = mine
  saySoon()
  let others = 0
  const unsubscribe = presence.subscribePages(() => {
    const now = presence.pagesOn(opened.workspaceId, opened.path).length
    // Who has just come sees this cursor at once.
    if (now > others) saySoon()
    others = now
  })
  return () => {
    unsubscribe()
    if (file !== mine) return
    file = undefined
    saySoon()
  }
}

export function moveCursor(opened: OpenFile, cursor: Cursor): void {
  if (!file || file.workspaceId !== opened.workspaceId || file.path !== opened.path) return
  if (file.cursor?.anchor === cursor.anchor && file.cursor.head === cursor.head) return
  file.cursor = cursor
  // While nobody else is there to see it, it goes with what is said anyway.
  if (isSeen(file)) saySoon()
}

function isSeen(opened: OpenFile | undefined): boolean {
  return opened !== undefined && presence.pagesOn(opened.workspaceId, opened.path).length > 0
}

function saySoon(): void {
  if (!org) return
  clearTimeout(timer)
  timer = setTimeout(() => void say(), Math.max(0, saidAt + paceMs - Date.now()))
}

async function say(): Promise<void> {
  timer = undefined
  if (!org) return
  if (isSaying) return
  isSaying = true
  saidAt = Date.now()
  const open = file?.orgId === org.orgId ? file : undefined
  const said = { workspaceId: org.workspaceId, path: file?.path, cursor: file?.cursor }
  try {
    const { seq } = await client.drafts.here.mutate({
      orgId: org.orgId,
      page: pageId,
      workspaceId: open?.workspaceId ?? org.workspaceId,
      file: open ? { path: open.path, cursor: open.cursor } : null,
    })
    open?.onSeq(seq)
  } catch {
    // It is said again in a moment; until then nobody knows that this page is here, and nothing else depends on it.
  } finally {
    isSaying = false
  }
  if (!org) return
  const now = `${org.workspaceId}/${file?.path}`
  if (now !== `${said.workspaceId}/${said.path}` || (file?.cursor !== said.cursor && isSeen(file))) saySoon()
  else timer ??= setTimeout(() => void say(), sayEveryMs)
}

/** As the page goes no answer can be waited for. */
function sayGone(orgId: OrgId): void {
  void fetch('/api/trpc/drafts.gone', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ orgId, page: pageId }),
    keepalive: true,
  }).catch(() => {})
}
