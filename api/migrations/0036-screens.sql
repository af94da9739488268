-- How each person left an org's graph, so that another browser of theirs shows it the same.
create table last_looks (
  org_id uuid not null,
  user_id text not null,
  look jsonb not null check (pg_column_size(look) <= 131072),
  -- Changes with every write: a browser that knows it has seen this look.
  stamp uuid not null,
  primary key (org_id, user_id),
  foreign key (org_id, user_id) references members (org_id, user_id) on delete cascade
);
call protect_tenant_table('last_looks');
grant select, insert, update, delete on last_looks to delegraph_app;

create policy owner_measures on drafts for select to delegraph_owner using (true);

-- As before; what is typed and not saved counts as stored too.
create or replace function measure_usage(wanted int) returns int
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  measured int;
begin
  with due as (
    select s.org_id, s.seq, u.seq as seq_before, u.measured_at as before
      from org_sequences s left join org_usage u on u.org_id = s.org_id
     where u.org_id is null or (u.measured_at < now() - interval '1 minute' and (u.seq <> s.seq or u.events_per_second > 0))
     order by u.measured_at nulls first limit wanted
  ), found as (
    insert into org_usage as u (org_id, storage_bytes, events_per_second, seq)
    select d.org_id,
           (select coalesce(sum(f.bytes), 0) from file_versions f where f.org_id = d.org_id)
         + (select coalesce(sum(r.bytes), 0) from drafts r where r.org_id = d.org_id)
         + (select coalesce(sum(octet_length(m.text)), 0) from memories m where m.org_id = d.org_id)
         + (select coalesce(sum(pg_column_size(t.input) + coalesce(pg_column_size(t.output), 0)), 0)
              from steps t where t.org_id = d.org_id),
           case when d.before is null then 0
                else (d.seq - d.seq_before) / greatest(extract(epoch from now() - d.before), 1) end,
           d.seq
      from due d
    on conflict (org_id) do update
      set storage_bytes = excluded.storage_bytes, events_per_second = excluded.events_per_second, seq = excluded.seq,
          measured_at = now()
    returning 1
  ) select count(*) into measured from found;
  return measured;
end $$;
