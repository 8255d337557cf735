-- Users and groups that were on the PBX before the bridge, and whose an operator says they are.
create table adoption (
  tenant       ${text} not null,
  type         ${text} not null, -- User, Group
  ref          ${text} not null, -- the PBX's id
  name         ${text} not null, -- as the PBX had it when it was confirmed
  extension    ${text}, -- a user's
  user_name    ${text}, -- folded case; what the create of the person is known by, the first that is set
  external_id  ${text},
  email        ${text}, -- folded case
  confirmed_by ${text} not null,
  confirmed_at bigint  not null,
  entry_id     ${text}, -- whose it is by now
  primary key (tenant, type, ref)
) ${keyed};
create index adoption_external_id on adoption (tenant, external_id);
create index adoption_user_name on adoption (tenant, user_name);
create index adoption_email on adoption (tenant, email);
