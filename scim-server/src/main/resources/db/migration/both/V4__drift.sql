-- What comparing the directory with a phone system needs to remember.

-- Objects on the PBX that were ours and that we took away, or found gone: should one be there again, it
-- is no stranger.
create table former_object (
  tenant    ${text} not null,
  type      ${text} not null, -- User
  ref       ${text} not null, -- the PBX's id
  name      ${text} not null,
  extension ${text} not null,
  gone_at   bigint  not null,
  primary key (tenant, type, ref)
) ${keyed};

-- The last comparison of each tenant.
create table drift_report (
  tenant ${text} not null primary key,
  report ${text} not null -- JSON, as the operators' API shows it
) ${keyed};

-- Off-boarding that waits for an operator, because it was suddenly very much.
create table safety_brake (
  tenant      ${text} not null,
  kind        ${text} not null, -- reconcile
  since       bigint  not null,
  wanted      bigint  not null, -- how many people were to be put out
  allowed     bigint  not null, -- how many go through without asking
  released_by ${text}, -- the operator who lets as many through once
  primary key (tenant, kind)
) ${keyed};
