import { useReactFlow } from '@xyflow/react'
import { useEffect, useRef } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import type { KeptLook, LastLook } from '#shared/views/contract.ts'
import { asText, readStored, writeStored } from '../kernel/storage.ts'
import { client } from '../kernel/trpc.ts'
import { graphView } from './graph-view.ts'
import { forgetViewport, onViewport, readViewport, writeViewport } from './stored-viewport.ts'
import { useIsNarrow } from './use-is-narrow.ts'

const keepAfterMs = 1_500

/**
 * Another browser of the same person shows the org as they left it in the last one. This browser's own copy is shown at
 * once; the server's takes its place only where another browser wrote it since.
 */
export function useLastLook(orgId: OrgId, fitAll: () => void): void {
  const flow = useReactFlow()
  // A small screen is looked at otherwise, and says nothing about the large one.
  const isNarrow = useIsNarrow()
  const latest = useRef(fitAll)
  useEffect(() => {
    latest.current = fitAll
  }, [fitAll])
  useEffect(() => {
    if (isNarrow) return
    const life = new AbortController()
    let isTouched = false
    let known = words(lookNow(orgId))
    let timer: ReturnType<typeof setTimeout> | undefined

    const keep = async () => {
      const look = lookNow(orgId)
      try {
        const { stamp } = await client.views.keepLook.mutate({ orgId, look })
        writeStored(stampKey(orgId), stamp)
      } catch {
        // It stays in this browser; the next change is sent again.
        known = ''
      }
    }
    const hear = () => {
      const now = words(lookNow(orgId))
      if (now === known) return
      known = now
      isTouched = true
      clearTimeout(timer)
      timer = setTimeout(() => void keep(), keepAfterMs)
    }
    const show = ({ look, stamp }: KeptLook) => {
      if (isTouched || stamp === readStored(stampKey(orgId), asText, '')) return
      known = words(look)
      writeStored(stampKey(orgId), stamp)
      graphView.change({ collapsed: new Set(look.collapsed), heat: look.heat })
      const { viewport } = look
      if (!viewport) {
        forgetViewport(orgId)
        latest.current()
        return
      }
      writeViewport(orgId, viewport)
      // Cards of teams that open are there after the next frame.
      requestAnimationFrame(() => void flow.setViewport(viewport))
    }
    client.views.lastLook.query({ orgId }, { signal: life.signal }).then(
      (kept) => kept && !life.signal.aborted && show(kept),
      // Without an answer this browser's own copy stands.
      () => {},
    )
    const stops = [graphView.subscribe(hear), onViewport(hear)]
    return () => {
      life.abort()
      for (const stop of stops) stop()
      if (timer !== undefined) clearTimeout(timer)
    }
  }, [orgId, isNarrow, flow])
}

function lookNow(orgId: OrgId): LastLook {
  const { collapsed, heat } = graphView.now()
  return { viewport: readViewport(orgId) ?? null, collapsed: [...collapsed].sort(), heat }
}

function words(look: LastLook): string {
  return JSON.stringify([look.viewport, look.collapsed.toSorted(), look.heat])
}

function stampKey(orgId: OrgId): string {
  return `look-stamp.${orgId}`
}
