-- Every run a person makes is kept with how it went, for that person; what is shared is read by everybody in the org.
-- What agents run stands in the steps of their work and is read from there.
alter table shared_runs rename to runs;
alter table runs rename column shared_by to run_by;
alter table runs rename column shared_by_name to run_by_name;
alter table runs alter column shared_at drop not null;
alter table runs alter column shared_at drop default;
alter table runs
  add column path text,
  add column origin jsonb,
  add column ran_at timestamptz not null default now();
update runs set ran_at = shared_at;
update runs set record = record || jsonb_build_object(
  'output', jsonb_build_array(jsonb_build_object('stream', 'stdout', 'text', left(record ->> 'output', 60000))),
  'leftOut', greatest(0, length(record ->> 'output') - 60000),
  'limits', '{}'::jsonb)
 where record is not null;
alter table runs drop constraint shared_runs_stdin_check;
alter table runs add constraint runs_stdin_check check (length(stdin) <= 1000000);
drop index shared_runs_newest;
create index runs_shared on runs (org_id, ran_at desc, id desc) where shared_at is not null;
create index runs_of_person on runs (org_id, (run_by ->> 'id'), ran_at desc, id desc);
grant update (shared_at) on runs to delegraph_app;

create index steps_that_ran_code on steps (org_id, finished_at desc)
  where name = 'run_code' and kind = 'tool' and finished_at is not null;
