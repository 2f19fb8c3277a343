-- Two roles that cannot sign in: each login is a member of one. `onrecord_desk` is the service with a desk and the command line,
-- `onrecord_public` a server that shows the public site and can read what is public, and nothing else.
do $$
begin
  if not exists (select from pg_roles where rolname = 'onrecord_desk') then create role onrecord_desk nologin; end if;
  if not exists (select from pg_roles where rolname = 'onrecord_public') then create role onrecord_public nologin; end if;
end
$$;

grant usage on schema onrecord to onrecord_desk, onrecord_public;

-- What is public is added to, never changed.
grant select, insert on installation, closed_logs, entries, files, versions, act_keys, time_stamps to onrecord_desk;
grant select, insert, update on head, statements, public_facts, freezing, notices to onrecord_desk;
grant select, insert, update, delete on texts, text_uses, people, sessions, tallies, refusals, preview_links, prints, clearances, staged_batches, staged_bodies to onrecord_desk;
grant delete on notices to onrecord_desk;
grant select on migrations to onrecord_desk, onrecord_public;
grant execute on function redact(integer) to onrecord_desk;

grant select on installation, head, closed_logs, entries, files, public_facts, prints, time_stamps, clearances to onrecord_public;
