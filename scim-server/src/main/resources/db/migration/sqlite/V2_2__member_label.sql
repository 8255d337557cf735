-- What others show of a member, beside it: a large group is read in one pass then, however many
-- users there are besides. A rename touches the memberships of one user.

alter table member add column label text;

update member set label = (select label from entry where id = user_id);

create trigger member_label after insert on member
begin
  update member set label = (select label from entry where id = new.user_id)
    where group_id = new.group_id and user_id = new.user_id;
end;

create trigger entry_label after update of label on entry when old.label is not new.label
begin
  update member set label = new.label where user_id = new.id;
end;
