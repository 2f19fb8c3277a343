-- A house that has moved away: written by `onrecord move`, taken away by hand alone. While it stands, nothing that counts changes here,
-- whatever process asks.
alter table head add column moved json;

create function refuse_moved() returns trigger language plpgsql set search_path = onrecord, pg_temp as $$
begin
  if exists (select from head where moved is not null) then
    raise exception 'this house has moved away' using errcode = 'ORMVD';
  end if;
  return null;
end
$$;

create trigger refuse_moved before insert or update or delete on entries for each statement execute function refuse_moved();
create trigger refuse_moved before insert or update or delete on statements for each statement execute function refuse_moved();
create trigger refuse_moved before insert or update or delete on people for each statement execute function refuse_moved();
create trigger refuse_moved before insert or update or delete on freezing for each statement execute function refuse_moved();
create trigger refuse_moved before insert or update or delete on preview_links for each statement execute function refuse_moved();
create trigger refuse_moved before insert or update or delete on staged_batches for each statement execute function refuse_moved();
