-- Second factors and passkeys: better-auth's tables as it generates them. The rest of this file is ours.

alter table auth."user" add column "twoFactorEnabled" boolean;

create table auth."twoFactor" (
  "id" text not null primary key,
  "secret" text not null,
  "backupCodes" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");

create table auth."passkey" (
  "id" text not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index "passkey_userId_idx" on auth."passkey" ("userId");
create index "passkey_credentialID_idx" on auth."passkey" ("credentialID");

-- One account of a provider belongs to one person.
create unique index account_by_subject on auth."account" ("providerId", "accountId");

-- Whose machine this is: known by id, since the address may change.
create table auth.local_owner (
  is_one boolean primary key default true check (is_one),
  user_id text not null references auth."user" ("id")
);
insert into auth.local_owner (user_id) select "id" from auth."user" where "email" = 'owner@localhost';

-- Links that let somebody choose a new password, once. Only the hash of a token is kept.
create table auth.password_resets (
  token_hash bytea primary key check (length(token_hash) = 32),
  user_id text not null references auth."user" ("id") on delete cascade,
  -- Whether the link went to the address by mail: using it then proves that the address is theirs.
  is_mailed boolean not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_resets_by_user on auth.password_resets (user_id);

-- Sign-ins at another provider that are under way. The browser holds the other half in a cookie.
create table auth.oidc_requests (
  state_hash bytea primary key check (length(state_hash) = 32),
  browser_hash bytea not null check (length(browser_hash) = 32),
  nonce text not null,
  code_verifier text not null,
  redirect_uri text not null,
  -- Who wants to connect the provider to the account they are signed in to; null for a sign-in.
  user_id text references auth."user" ("id") on delete cascade,
  expires_at timestamptz not null
);

-- How often something was tried lately. Keys are hashes: the table tells nobody's address.
create table auth.attempts (
  key bytea primary key check (length(key) = 32),
  used integer not null check (used >= 0),
  resets_at timestamptz not null
);

grant select, insert, update, delete on auth."twoFactor", auth."passkey", auth.local_owner, auth.password_resets,
  auth.oidc_requests, auth.attempts to delegraph_auth;
