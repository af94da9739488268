import express, { Router } from 'express'
import type { z } from 'zod'
import { AppError } from '#shared/kernel/app-error.ts'
import { AcceptInvitation, LookAtInvitation, type OpenInvitation } from '#shared/orgs/people-contract.ts'
import { acceptJson } from '../../kernel/http/accept-json.ts'
import { type Door, requireSignedIn } from '../../kernel/http/signed-in.ts'
import type { Identity } from '../../kernel/identity/identity.ts'
import { acceptInvitation, requireInvitation } from './accept-invitation.ts'
import { findEmailOf } from './invitation-store.ts'

type Parts = Door & { identity: Pick<Identity, 'createPerson' | 'findPersonByEmail' | 'openSession'> }

/**
 * What the link of an invitation opens, for people who may not have an account yet. `POST /invitations/look {token}`;
 * `POST /invitations/accept {token, name?, password?}`: with a name and a password it makes the account too, also where
 * signing up is closed, for the invitation is the permission.
 */
export function invitationRoutes({ db, callers, identity }: Parts): Router {
  const json = express.json({ limit: '10kb' })
  return Router()
    .post('/invitations/look', acceptJson, json, async (req, res) => {
      const { token } = read(LookAtInvitation, req.body)
      const { user } = await callers.whoAsks(req)
      const { isMailed: _, id: __, ...held } = await requireInvitation(db, token)
      const email = user && (await findEmailOf(db, user.id))
      const hasAccount = (await identity.findPersonByEmail(held.email)) !== null
      const you = user && { name: user.name, email, isInvited: email?.toLowerCase() === held.email }
      res.set('Cache-Control', 'no-store').json({ ...held, hasAccount, you } satisfies OpenInvitation)
    })
    .post('/invitations/accept', acceptJson, json, async (req, res) => {
      const { token, name, password } = read(AcceptInvitation, req.body)
      const { origin, user } = await callers.whoAsks(req)
      res.set('Cache-Control', 'no-store')
      if (user || password === undefined) {
        res.json(await acceptInvitation(db, token, { user: await requireSignedIn(callers, req), origin }))
        return
      }
      const { email, isMailed } = await requireInvitation(db, token)
      const person = await identity.createPerson({ name: name ?? '', email, password, isEmailProven: isMailed })
      const joined = await acceptInvitation(db, token, { user: person, origin })
      res.append('Set-Cookie', await identity.openSession(person.id, req.headers)).json(joined)
    })
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const input = schema.safeParse(body)
  if (input.success) return input.data
  throw new AppError('bad-input', 'The link of the invitation is not complete.', {
    field: input.error.issues[0]?.path.join('.') ?? '',
    fix: 'Copy the whole link, up to its end.',
  })
}
