-- Who may ask, and how much of it.

-- The session still holds, and the person's role in the org, in one question: no row for a session that has ended, a null
-- for an org that is not theirs.
create function role_in_session(asked_session text, asked_user text, asked_org uuid) returns table (role text)
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select (select m.role from members m where m.user_id = s."userId" and m.org_id = asked_org)
      from auth."session" s
     where s."id" = asked_session and s."userId" = asked_user and s."expiresAt" > now();
  end;

create function session_holds(asked_session text, asked_user text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  begin atomic
    select exists (
      select from auth."session" s
       where s."id" = asked_session and s."userId" = asked_user and s."expiresAt" > now());
  end;

revoke all on function role_in_session(text, text, uuid), session_holds(text, text) from public;
grant execute on function role_in_session(text, text, uuid), session_holds(text, text) to delegraph_app;
