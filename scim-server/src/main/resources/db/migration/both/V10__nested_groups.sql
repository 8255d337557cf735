-- How a row belongs to its group: 0 a user who was put there, 1 a user who is there by a group that
-- belongs to it, 2 such a group, of which the phone system knows nothing.
alter table member add column how bigint not null default 0;
create index member_nested on member (how, group_id) where how = 2;
