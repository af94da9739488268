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
const files = new Set<File>()
/** Of two files side by side, the one the keyboard means. */
let meant: OpenFile | undefined
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

/**
 * Says which file is open here: of several the one that is meant, as a page is at one place at a time. `onSeq` hears how far
 * its text has come on the server while it is the one that is said.
 */
export function openFile(opened: OpenFile, onSeq: (seq: number) => void): () => void {
  const mine: File = { ...opened, cursor: null, onSeq }
  files.add(mine)
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
    files.delete(mine)
    saySoon()
  }
}

/** The keyboard is in this file, until the function given back is called. */
export function meanFile(opened: OpenFile): () => void {
  meant = opened
  saySoon()
  return () => {
    if (meant !== opened) return
    meant = undefined
    saySoon()
  }
}

export function moveCursor(opened: OpenFile, cursor: Cursor): void {
  for (const file of files) {
    if (!isSame(file, opened) || (file.cursor?.anchor === cursor.anchor && file.cursor.head === cursor.head)) continue
    file.cursor = cursor
    // While nobody else is there to see it, it goes with what is said anyway.
    if (file === fileToSay() && isSeen(file)) saySoon()
  }
}

/** The file that is meant; where that is not open, the one opened last. */
function fileToSay(): File | undefined {
  const open = [...files]
  return open.findLast((file) => meant !== undefined && isSame(file, meant)) ?? open.at(-1)
}

function isSame(one: OpenFile, other: OpenFile): boolean {
  return one.workspaceId === other.workspaceId && one.path === other.path
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
  const file = fileToSay()
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
  const next = fileToSay()
  const now = `${org.workspaceId}/${next?.path}`
  if (now !== `${said.workspaceId}/${said.path}` || (next?.cursor !== said.cursor && isSeen(next))) saySoon()
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
