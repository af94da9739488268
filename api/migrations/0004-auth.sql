-- Who a person is: better-auth's tables as it generates them, in a schema of their own that only the auth role may enter.
-- They belong to no org and have no row-level security; the app role has no right on any of them.

create schema auth;

create table auth."user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);

create table auth."session" (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);
create index "session_userId_idx" on auth."session" ("userId");

create table auth."account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on auth."account" ("userId");

create table auth."verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index "verification_identifier_idx" on auth."verification" ("identifier");

-- One-time sign-in links. Only the hash of a token is kept: who reads this table can sign in with nothing of it.
create table auth.sign_in_links (
  token_hash bytea primary key check (length(token_hash) = 32),
  user_id text not null references auth."user" ("id") on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

revoke all on schema auth from public;
grant usage on schema auth to delegraph_auth;
grant select, insert, update, delete on all tables in schema auth to delegraph_auth;

-- The public schema is the app's.
revoke all on schema public from public;
grant usage on schema public to delegraph_app;
