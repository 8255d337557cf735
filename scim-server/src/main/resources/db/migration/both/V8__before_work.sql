-- What an entry was when its open work was begun, for an operator who takes that work back. Only where reads
-- show something else by now.
create table before_work (
  entry_id  ${text} not null primary key references journal (entry_id) on delete cascade,
  resource  ${text} not null,
  member_of ${text} -- of a user that is to go: the groups it was in, as a JSON array
) ${keyed};
