-- The log of one workspace, newest first, without reading that of the whole org. Steps are told by the traces.
create index events_of_workspace on events (org_id, ((payload ->> 'workspaceId')), seq desc)
  where type <> 'step.changed';
create index events_from_workspace on events (org_id, ((payload ->> 'fromWorkspaceId')), seq desc)
  where type = 'delegation.queued' and payload ->> 'fromWorkspaceId' is not null;
