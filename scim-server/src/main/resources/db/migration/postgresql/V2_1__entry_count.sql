-- Keeps entry_count, as sqlite/V2_1 does.

create function count_entry() returns trigger language plpgsql as $$
declare
  turned bigint := 0;
  counted record;
begin
  if tg_op <> 'DELETE' then
    turned := new.visible;
    counted := new;
  else
    counted := old;
  end if;
  if tg_op <> 'INSERT' then
    turned := turned - old.visible;
  end if;
  if turned <> 0 then
    insert into entry_count as c (tenant, type, block, entries)
      values (counted.tenant, counted.type, counted.seq / 1024, turned)
      on conflict (tenant, type, block) do update set entries = c.entries + excluded.entries;
  end if;
  return null;
end $$;

create trigger entry_count_insert after insert on entry
  for each row when (new.visible = 1) execute function count_entry();

create trigger entry_count_update after update of visible on entry
  for each row when (old.visible <> new.visible) execute function count_entry();

create trigger entry_count_delete after delete on entry
  for each row when (old.visible = 1) execute function count_entry();
