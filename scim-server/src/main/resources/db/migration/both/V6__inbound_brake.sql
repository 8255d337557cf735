-- The brake of what identity providers ask for.

-- Who was put out lately; one line each.
create table put_out (
  id     ${identity},
  tenant ${text} not null,
  at     bigint  not null
);
create index put_out_tenant on put_out (tenant, at);

-- Open work that waits for an operator.
create table held_work (
  entry_id ${text} not null primary key references journal (entry_id) on delete cascade,
  tenant   ${text} not null
) ${keyed};
create index held_work_tenant on held_work (tenant);
