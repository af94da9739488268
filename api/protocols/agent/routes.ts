import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import type { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { CheckAccess, Cursor, GiveDelegation } from '#shared/keys/agent-contract.ts'
import { secretsForAgent } from '../../features/secrets/index.ts'
import { acceptJson } from '../../kernel/http/accept-json.ts'
import type { Door } from '../../kernel/http/signed-in.ts'
import { throughGate } from '../../kernel/limits/through-gate.ts'
import { isRefusal, tellRefusal } from '../../kernel/refusals.ts'
import { callTool, listTools } from './call-tool.ts'
import { getState } from './get-state.ts'
import { giveDelegation, readDelegation } from './give-delegation.ts'
import { checkAccess, getMe, readPeers } from './look-around.ts'
import { type AgentContext, requireAgent } from './require-agent.ts'

/**
 * `/api/agent/*`: what an agent that runs outside our engine may ask for and do, by the token of its workspace. There is no
 * route for its own prompt, config, files, tools, budgets, place or tokens: it cannot change them.
 */
export function agentRoutes(door: Door): Router {
  const as = (answer: Answer, status = 200) => asAgent(door, answer, status)
  return (
    Router()
      .get(
        '/me',
        as(async (agent, req) => ({ ...(await getMe(agent)), ...(await getState(agent, readCursor(req))) })),
      )
      .get(
        '/state',
        as((agent, req) => getState(agent, readCursor(req))),
      )
      .get(
        '/peers',
        as(async (agent) => ({ peers: await readPeers(agent) })),
      )
      .post(
        '/check-access',
        as((agent, { body }) => checkAccess(agent, read(CheckAccess, body))),
      )
      .get(
        '/tools',
        as(async () => ({ tools: listTools() })),
      )
      .post(
        '/tools/:name',
        as(async (agent, { params, body }) => ({ text: await callTool(agent, String(params.name), body ?? {}) })),
      )
      .post(
        '/delegations',
        as((agent, { body }) => giveDelegation(agent, read(GiveDelegation, body)), 202),
      )
      // The values of the keys its config declares, and of no others.
      .get(
        '/secrets',
        as(async ({ context, workspaceId }) => ({ secrets: await secretsForAgent(context, workspaceId) })),
      )
      .get(
        '/delegations/:id',
        as((agent, { params }) => readDelegation(agent, params.id)),
      )
  )
}

type Answer = (agent: AgentContext, req: Request) => Promise<unknown>

/** Who asks is known before a byte of the body is read. */
function asAgent(door: Door, answer: Answer, status: number): RequestHandler {
  return async (req, res) => {
    const agent = await requireAgent(door, req)
    const isChange = req.method === 'POST'
    const { db, orgId, origin } = agent.context
    const answered = await throughGate(
      { db, orgId, origin, kind: isChange ? 'write' : 'read' },
      async () => agent.context,
      async () => {
        if (isChange) for (const step of [acceptJson, parseJson]) await done(step, req, res)
        return await answer(agent, req)
      },
    ).catch(async (error: unknown) => {
      if (isChange && isRefusal(error)) await tellRefusal(agent.context, `agent${req.path}`)
      throw error
    })
    res.status(status).set('Cache-Control', 'no-store').json(answered)
  }
}

const parseJson = express.json({ limit: '1mb' })

function done(step: RequestHandler, req: Request, res: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    void step(req, res, (error?: unknown) => (error ? reject(error) : resolve()))
  })
}

function readCursor({ query }: Request): number | undefined {
  return query.cursor === undefined ? undefined : read(Cursor, query.cursor)
}

function read<T extends z.ZodType>(schema: T, given: unknown): z.output<T> {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('bad-input', issue?.message ?? 'The input is not valid.', { field: issue?.path.join('.') ?? '' })
}
