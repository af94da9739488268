import type { OrgFact } from '#shared/org-event.ts'
import { type Chain, eventActor, type OrgContext, type Origin } from '../actor.ts'
import { json, type Sql, sql } from '../sql.ts'
import { uuidv7 } from '../uuid.ts'

type Told = { fact: OrgFact; chain: Chain | undefined }

/**
 * One statement that takes n numbers of the org's sequence at once and writes the n events. It is the last of its
 * transaction: the row lock on the sequence orders commits, so numbers become visible in order and without gaps. Under that
 * lock it also sees whether a secret was set since its texts were masked.
 */
export function appendStatement(
  { orgId, actor, chain: fallback, origin }: Pick<OrgContext, 'orgId' | 'actor' | 'chain' | 'origin'>,
  told: readonly Told[],
  /** Of the org's secrets, as far as this text was masked by; null where the process knows of none. */
  secretsVersion: string | null = null,
): Sql {
  const chainOfAct: Chain = fallback ?? { id: uuidv7(), depth: 0 }
  const at = new Date().toISOString()
  const rows = told.map(({ fact, chain }) => ({
    id: uuidv7(),
    type: fact.type,
    payload: fact.payload,
    chain_id: (chain ?? chainOfAct).id,
    chain_depth: (chain ?? chainOfAct).depth,
  }))
  return sql`
    with taken as (
      update org_sequences
         set seq = case when secrets_version = coalesce(${secretsVersion}::bigint, secrets_version)
                        then seq + ${rows.length}::int else masked_too_early() end
       where org_id = ${orgId} returning seq
    )
    insert into events (org_id, seq, id, type, at, actor, origin, chain_id, chain_depth, payload)
    select ${orgId}, taken.seq - ${rows.length}::int + told.place,
           (told.event ->> 'id')::uuid, told.event ->> 'type', ${at}::timestamptz, ${json(eventActor(actor))}::jsonb,
           ${origin ? json(kept(actor.name, origin)) : null}::jsonb,
           (told.event ->> 'chain_id')::uuid, (told.event ->> 'chain_depth')::int, told.event -> 'payload'
      from taken, jsonb_array_elements(${json(rows)}::jsonb) with ordinality as told (event, place)`
}

/**
 * The same look for a transaction that tells nothing: it fails, to be run again, where it wrote something and a secret was set
 * since its texts were masked. It takes no lock; it travels with the commit, so that nothing fits between the two but a moment.
 */
export function freshnessStatement({ orgId }: Pick<OrgContext, 'orgId'>, secretsVersion: string): Sql {
  return sql`
    select masked_too_early() from org_sequences
     where org_id = ${orgId} and secrets_version <> ${secretsVersion}::bigint
       and pg_current_xact_id_if_assigned() is not null`
}

/** With the name the actor had then. Programs name themselves at any length. */
function kept(name: string, { requestId, address, client, proof }: Origin) {
  return { name: name.slice(0, 200), requestId, address, client: client?.slice(0, 300) ?? null, proof }
}
