import type { inferRouterInputs } from '@trpc/server'
import type { ErrorCode } from '#shared/kernel/app-error.ts'
import type { OrgFact } from '#shared/org-event.ts'
import type { Permission } from '#shared/policies.ts'
import type { AppRouter } from '../../router.ts'
import type { Things } from './things.ts'

type EventType = OrgFact['type']
type Outcome = 'ok' | ErrorCode

/** What must be known of a procedure to say who may call it, with what, and what that leaves in the log. */
export type Call<Input> = {
  /** `person`: whoever signed in; `caller`: keys too; neither is asked for an org. */
  needs: Permission | 'person' | 'caller'
  /** What whoever may calls it with; every id in it comes from the org's things. */
  input(things: Things): Input
  /** What comes of it where it is not done, though they may: e.g. a conflict, for it stands so already. */
  own?: Outcome | readonly Outcome[]
  /** What comes of ids of another org, which are as good as unknown. */
  others?: Outcome
  /** The permission that is asked for before it is known what is meant, where `needs` goes by the thing. */
  needsFirst?: Permission
  /** How the lack of `needs` is told, where it is not simply forbidden: what one may not touch is not shown either. */
  refusal?: ErrorCode
  /** Of keys only those of people may, or only those whose list of permissions names it. */
  keys?: 'of people' | 'by list'
  /** Of a mutation: the events it tells, or why it tells none. */
  tells?: readonly EventType[] | { none: string }
}

type Inputs = inferRouterInputs<AppRouter>
/** The procedures of one router. */
export type CallsOf<R extends keyof Inputs> = { readonly [P in keyof Inputs[R]]: Call<Inputs[R][P]> }

/** One entry a procedure: a new one without its entry does not compile. */
export type Calls = { readonly [R in keyof Inputs]: CallsOf<R> }
