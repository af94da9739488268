-- Whoever answers a question must be another than who asked for the work, and must know how much of it they see.

-- Who wrote the task as it stands, as the id of the person; null for those written before this was kept.
alter table schedules add column by_user text;

-- Of arguments that are kept cut: how long the whole is, in UTF-16 units, and its SHA-256, in hex.
alter table approvals
  add column args_chars int,
  add column args_sha256 text check (args_sha256 ~ '^[0-9a-f]{64}$'),
  add check ((args_chars is null) = (args_sha256 is null));
