-- Everything that a house keeps. Roles are granted in 0002, so that a database in which they cannot be made says so there.
-- JSON that people write is kept as it is (json, not jsonb); what is signed is kept as bytes.

create table installation (
  only_one boolean primary key default true check (only_one),
  marker json not null
);

-- The row under whose lock everything public is committed.
create table head (
  only_one boolean primary key default true check (only_one),
  size integer not null default 0 check (size >= 0),
  checkpoint text
);
insert into head default values;

-- Logs that a restore closed, from 1.
create table closed_logs (
  number integer primary key check (number > 0),
  size integer not null check (size > 0),
  checkpoint text not null
);

-- Entries of all logs, counted through.
create table entries (
  index integer primary key check (index >= 0),
  bytes bytea not null check (length(bytes) <= 16384)
);

-- Signed files. A redaction takes the bytes; the name stays taken.
create table files (
  name text primary key,
  entry integer not null references entries (index),
  body bytea
);
create index files_of_entry on files (entry);

-- `changed_in`: the transaction that wrote the row last; whoever has seen all before one reads on from there.
create table statements (
  id text primary key,
  generation integer not null check (generation >= 0),
  reference text unique,
  document json not null,
  changed_in xid8 not null
);
create index statements_by_change on statements (changed_in);

create table versions (
  statement text not null references statements (id),
  version integer not null check (version > 0),
  entry integer not null unique references entries (index),
  primary key (statement, version)
);

-- What readers may see of a statement, and all that a server without a desk reads.
create table public_facts (
  statement text primary key references statements (id),
  entry integer not null,
  facts json not null
);
create index public_facts_by_entry on public_facts (entry);

-- The Idempotency-Key of each act that published.
create table act_keys (
  statement text not null references statements (id),
  key text not null,
  primary key (statement, key)
);

create table texts (
  text text primary key,
  body json not null
);
create table text_uses (
  text text not null references texts (text),
  statement text not null,
  primary key (text, statement)
);

create table people (
  id text primary key,
  person json not null
);
create table freezing (
  only_one boolean primary key default true check (only_one),
  freezing json not null
);
insert into freezing (freezing) values ('{"open":null,"acts":[]}');
create table sessions (
  hash text primary key,
  person text not null,
  session json not null,
  seen_at timestamptz not null,
  created_at timestamptz not null
);

-- Failed sign-ins and their like, by address and in all.
create table tallies (
  key text primary key,
  count integer not null,
  began timestamptz not null
);
create index tallies_by_age on tallies (began);

create table notices (
  place bigint generated always as identity primary key,
  id text not null unique,
  notice json not null,
  put_away text[] not null default '{}'
);
create table refusals (
  place bigint generated always as identity primary key,
  statement text,
  refusal json not null
);
create table preview_links (
  id text primary key,
  key text,
  statement text not null,
  made_at timestamptz not null,
  link json not null
);

create table prints (
  name text primary key,
  bytes bytea not null
);
create table time_stamps (
  log integer not null,
  size integer not null,
  checkpoint bytea not null,
  tsr bytea not null,
  primary key (log, size)
);
create table clearances (
  name text primary key,
  clearance json not null
);
create table staged_batches (
  id text primary key,
  at timestamptz not null default clock_timestamp(),
  batch json not null
);
create table staged_bodies (
  batch text not null references staged_batches (id),
  place integer not null,
  body bytea not null,
  primary key (batch, place)
);

-- A redaction is the one way in which bytes go: those that a committed entry of this very transaction names, and none else.
create function redact(wanted integer) returns integer
language plpgsql security definer set search_path = onrecord, pg_temp as $$
declare
  said json := (select convert_from(bytes, 'UTF8')::json from entries where index = wanted and xmin::text::bigint = (pg_current_xact_id()::text::bigint & 4294967295));
  taken integer;
begin
  if said is null or said ->> 'event' <> 'redacted' then
    raise exception 'entry % redacts nothing now', wanted;
  end if;
  update files set body = null where name in (select json_array_elements_text(said -> 'redacts' -> 'files'));
  get diagnostics taken = row_count;
  return taken;
end
$$;
revoke all on function redact(integer) from public;
