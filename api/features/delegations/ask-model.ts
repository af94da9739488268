import type { LanguageModelV4FunctionTool } from '@ai-sdk/provider'
import type { RecordedStep } from '#shared/delegations/journal.ts'
import type { OrgContext } from '../../kernel/actor.ts'
import { inSnapshot } from '../../kernel/db.ts'
import { speak } from '../../kernel/events/words.ts'
import { redactorOf } from '../../kernel/redact/redactor-of.ts'
import { hasCircuits, tellAnswered, tellAsked, tellFailed, tellUndecided } from '../../models/circuits.ts'
import { isRehearsed } from '../../models/registry.ts'
import { callModel, ModelFailure, type ModelReply } from '../../runtimes/native/call-model.ts'
import type { OpenFile } from '../../runtimes/native/with-images.ts'
import { modelConnections, wayTo } from '../secrets/index.ts'
import { readGivenFile } from './given-file-store.ts'
import type { StepClaim } from './queue-store.ts'
import type { Turn } from './turn.ts'

type Asking = {
  context: OrgContext
  claim: StepClaim
  turn: Turn
  step: RecordedStep
  tools: readonly LanguageModelV4FunctionTool[]
}

/** One model call of the engine: heard while it is said, and remembered where its provider fails again and again. */
export async function askModel(asking: Asking, signal: AbortSignal): Promise<ModelReply> {
  const { context, claim, turn, step, tools } = asking
  const connections = modelConnections(context)
  const redactor = await redactorOf(context.db, context.orgId)
  const way = hasCircuits(context.orgId) ? await wayOf(asking) : undefined
  const voice = openVoice(context, claim)
  try {
    if (way) tellAsked(way)
    const onDelta = voice.say
    const openFile: OpenFile = (file) => inSnapshot(context.db, context.orgId, (reader) => readGivenFile(reader, file))
    const known = { connections, redactor, step, onDelta, openFile }
    const reply = await callModel(sentFor(turn, claim), tools, signal, known)
    if (way) tellAnswered(way)
    return reply
  } catch (error) {
    if (error instanceof ModelFailure && isProviders(error) && !isPlayed(asking)) {
      tellFailed(way ?? (await wayOf(asking)), error.message)
    } else if (way) tellUndecided(way)
    throw error
  } finally {
    voice.end()
  }
}

/** The steps before a call are what it was sent, and no others: what came in meanwhile is read by the next one. */
function sentFor({ loaded: { journal } }: Turn, { step }: StepClaim) {
  return { ...journal, steps: journal.steps.slice(0, step) }
}

/** What another call would meet as well; what was wrong with this one alone says nothing of the provider. */
function isProviders({ kind }: ModelFailure): boolean {
  return kind !== 'unconfigured' && kind !== 'refused' && kind !== 'too-large' && kind !== 'other'
}

function isPlayed({ step, turn }: Asking): boolean {
  const context = turn.loaded.journal.steps.find((one) => one.kind === 'context')
  const output = context?.output
  const rehearses =
    typeof output === 'object' && output !== null && 'isRehearsal' in output && output.isRehearsal === true
  return isRehearsed(step.name, rehearses)
}

async function wayOf({ context: { db, orgId }, turn, step }: Asking) {
  const { workspaceId } = turn.loaded.journal
  return { orgId, ...(await inSnapshot(db, orgId, (reader) => wayTo(reader, workspaceId, step.name))) }
}

/** What is said while it is said, for those who look; it is masked before it comes here. Notes of the work are not said. */
function openVoice({ db, orgId }: OrgContext, { delegationId, step, attempt }: StepClaim) {
  const place = { delegationId, step, attempt }
  let at = 0
  return {
    say(text: string) {
      speak(db, orgId, { ...place, at, text })
      at += text.length
    },
    end: () => speak(db, orgId, { ...place, at, text: '', isEnd: true }),
  }
}
