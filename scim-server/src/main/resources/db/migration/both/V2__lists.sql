-- What lists need to cost the same however many entries there are.

-- How many entries of a block of 1,024 places reads show: totals and pages far behind are found
-- without walking over everything before them. Triggers of each database keep it (V2_1).
create table entry_count (
  tenant  ${text} not null,
  type    ${text} not null,
  block   bigint  not null, -- seq / 1024
  entries bigint  not null,
  primary key (tenant, type, block)
) ${keyed};

insert into entry_count (tenant, type, block, entries)
  select tenant, type, seq / 1024, count(*) from entry where visible = 1
  group by tenant, type, seq / 1024;

-- The resource with all its text folded: what is compared where case does not count. Empty until
-- the bridge has filled it in.
alter table entry add column folded ${text};

create index entry_modified on entry (tenant, type, visible, modified_at);

-- What the bridge notes for itself.
create table setting (
  name  ${text} not null primary key,
  value ${text} not null
) ${keyed};
