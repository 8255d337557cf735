-- How far a further phone system of a tenant has followed an entry. No row: nothing was begun there.
create table followed (
  entry_id  ${text} not null,           -- the tenant's; the row outlives it until it is gone there, too
  type      ${text} not null,           -- User, Group
  target    ${text} not null,           -- the inner tenant that stands for the phone system
  name      ${text} not null,           -- under which it was made there: noted before it is
  inner_id  ${text},                    -- the inner tenant's entry, once known
  version   bigint  not null,           -- of the entry as it was accepted there; 0: never
  life      ${text} not null,           -- and its life then
  tried     bigint  not null,           -- the version last tried
  state     ${text} not null,           -- synced, pending, blocked, orphaned
  reason    ${text},
  due_at    bigint  not null,
  secrets   ${text},                    -- sealed: passwords that are still to be set there
  primary key (entry_id, target)
) ${keyed};
create index followed_target on followed (target, due_at);
create index followed_inner on followed (target, inner_id);
-- Who follows now: of several processes one at a time.
create table follow_lease (
  entry_id ${text} not null,
  target   ${text} not null,
  owner    ${text} not null,
  until    bigint  not null,
  primary key (entry_id, target)
) ${keyed};
-- The filter by which a target's users were chosen: another one concerns them all.
create table follow_filter (
  target    ${text} not null primary key,
  chosen_by ${text} not null
) ${keyed};
