-- What others show of a member, beside it, as sqlite/V2_2 has it.

alter table member add column label text collate "C";

update member set label = (select label from entry where id = user_id);

create function label_member() returns trigger language plpgsql as $$
begin
  new.label := (select label from entry where id = new.user_id);
  return new;
end $$;

create trigger member_label before insert on member
  for each row execute function label_member();

create function relabel_members() returns trigger language plpgsql as $$
begin
  update member set label = new.label where user_id = new.id;
  return null;
end $$;

create trigger entry_label after update of label on entry
  for each row when (old.label is distinct from new.label) execute function relabel_members();
