-- A fork is a delegation of its own that begins with the first steps of another, one of them edited.

alter table delegations
  add column forked_from uuid,
  -- The last step that was copied.
  add column forked_at_step int,
  add foreign key (org_id, forked_from) references delegations (org_id, id),
  add check ((forked_from is null) = (forked_at_step is null));
create index delegations_by_fork on delegations (org_id, forked_from) where forked_from is not null;
