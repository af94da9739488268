import { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import type { DelegationId, WorkspaceId } from '#shared/kernel/ids.ts'
import type { OrgContext } from './actor.ts'
import type { Tx } from './db.ts'

/** The call as the engine knows it: who calls, in which delegation, at which of its steps. */
export type ToolCallSite = { context: OrgContext; delegationId: DelegationId; workspaceId: WorkspaceId; step: number }

/** Who calls where no delegation is at work: an agent outside our engine. */
export type Standpoint = Pick<ToolCallSite, 'context' | 'workspaceId'>

/** A call gives words for the model, or waits for a delegation whose end becomes its result. */
export type ToolOutcome = { kind: 'done'; text: string } | { kind: 'waits'; childId: DelegationId }

type Described = {
  readonly name: string
  readonly description: string
  /** JSON Schema of the arguments. */
  readonly inputSchema: Record<string, unknown>
  /**
   * As MCP's annotations: `readOnly` changes nothing, `idempotent` may be repeated. `coordinates`: it moves work and words
   * inside the organisation and nothing else, so a freeze leaves it. `waits`: its result may be that of a delegation.
   * `destructive`: it takes something away. `openWorld`: it reaches beyond this server, so a config must name it.
   */
  readonly hints: {
    readonly readOnly: boolean
    readonly idempotent: boolean
    readonly coordinates?: boolean
    readonly waits?: boolean
    readonly destructive?: boolean
    readonly openWorld?: boolean
  }
}

/**
 * A tool agents may call. It runs inside the transaction that records its result, so its effect and the record of it are
 * one: after a crash it either happened and is recorded, or did not happen. Refusals are AppErrors and go back to the model.
 */
export type AgentTool = Described & { run(tx: Tx, site: ToolCallSite, args: unknown): Promise<ToolOutcome> }

/** A tool that needs no delegation to be at work, so that agents outside may call it too. */
export type StandaloneTool = Described & {
  readonly run: (tx: Tx, site: Standpoint, args: unknown) => Promise<ToolOutcome>
}

/**
 * A tool whose effect is outside our database. In flight at a crash it is begun again only where its hints say that this is
 * safe; else a person decides. The signal aborts it.
 */
export type OutsideTool = Described & {
  perform(site: ToolCallSite, args: unknown, signal: AbortSignal): Promise<{ text: string }>
}

export type AnyTool = AgentTool | OutsideTool

/** May it be begun again when nobody knows whether it happened? */
export function isSafeToRepeat(tool: AnyTool): boolean {
  return 'run' in tool || tool.hints.readOnly || tool.hints.idempotent
}

type Definition<S extends z.ZodType, Site> = Pick<AgentTool, 'name' | 'description' | 'hints'> & {
  input: S
  readonly run: (tx: Tx, site: Site, input: z.output<S>) => Promise<ToolOutcome>
}

export function agentTool<S extends z.ZodType>(definition: Definition<S, ToolCallSite>): AgentTool {
  return checked(definition)
}

export function standaloneTool<S extends z.ZodType>(definition: Definition<S, Standpoint>): StandaloneTool {
  return checked(definition)
}

function checked<S extends z.ZodType, Site>({ input, run, ...tool }: Definition<S, Site>) {
  return {
    ...tool,
    inputSchema: z.toJSONSchema(input, { io: 'input' }),
    run: async (tx: Tx, site: Site, args: unknown) => {
      const parsed = input.safeParse(args)
      if (parsed.success) return await run(tx, site, parsed.data)
      const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`)
      throw new AppError('bad-input', `The arguments of ${tool.name} do not fit. ${wrong.join('; ')}`, {
        fix: `Call ${tool.name} again with arguments that follow its schema.`,
      })
    },
  }
}
