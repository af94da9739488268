import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useMemo } from 'react'
import type { OrgId } from '#shared/kernel/ids.ts'
import { lazyPart } from '#web/kernel/lazy-part.ts'
import { type Command, useCommands } from '../../kernel/commands.ts'
import { useMay } from '../../kernel/may.ts'
import { queryClient } from '../../kernel/trpc.ts'
import { onPromptTried } from '../delegations/index.ts'
import { useIsPast } from '../past/index.ts'
import { guideCommands } from './commands.ts'
import { guideQuery, markDone } from './guide-state.ts'
import type { GuideProps } from './guide-strip.tsx'

const GuideStrip = lazyPart(() => import('./guide-strip.tsx').then((part) => ({ default: part.GuideStrip })))

/** The guided acts, where this org offers them to somebody who may do them; fetched only then. */
export function Guide(props: GuideProps) {
  const guide = useOfferedGuide(props.orgId)
  const isPast = useIsPast()
  if (!guide || guide.isHidden || isPast) return null
  return (
    <Suspense>
      <GuideStrip {...props} />
    </Suspense>
  )
}

function useOfferedGuide(orgId: OrgId) {
  const mayMove = useMay(orgId, 'workspaces.edit')
  const guide = useQuery({ ...guideQuery(orgId), enabled: mayMove }).data
  const isOffered = mayMove && guide?.isOffered === true
  const commands = useMemo((): Command[] => {
    const isHidden = () => queryClient.getQueryData(guideQuery(orgId).queryKey)?.isHidden ?? false
    return isOffered ? guideCommands(orgId, isHidden) : []
  }, [orgId, isOffered])
  useCommands(commands)
  useEffect(() => onPromptTried((tried) => markDone(tried, 'prompt')), [])
  return isOffered ? guide : undefined
}
