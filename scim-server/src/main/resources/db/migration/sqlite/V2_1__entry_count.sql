-- Keeps entry_count, as postgresql/V2_1 does.

create trigger entry_count_insert after insert on entry when new.visible = 1
begin
  insert into entry_count (tenant, type, block, entries)
    values (new.tenant, new.type, new.seq / 1024, 1)
    on conflict (tenant, type, block) do update set entries = entries + 1;
end;

create trigger entry_count_update after update of visible on entry when old.visible <> new.visible
begin
  insert into entry_count (tenant, type, block, entries)
    values (new.tenant, new.type, new.seq / 1024, new.visible - old.visible)
    on conflict (tenant, type, block) do update set entries = entries + excluded.entries;
end;

create trigger entry_count_delete after delete on entry when old.visible = 1
begin
  update entry_count set entries = entries - 1
    where tenant = old.tenant and type = old.type and block = old.seq / 1024;
end;
