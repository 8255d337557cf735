-- What the identity provider asked for, what the phone system is known to hold, and the open work between.
-- Times are milliseconds since 1970-01-01T00:00:00Z.

create table entry (
  seq          integer primary key autoincrement, -- list order: stable between pages
  id           text    not null unique,           -- SCIM id
  tenant       text    not null,
  type         text    not null,                  -- User, Group
  life         text    not null,                  -- creating, live, deleting, deleted
  visible      integer not null,                  -- 1: reads show it
  version      integer not null,                  -- ETag
  created_at   integer not null,
  modified_at  integer not null,
  source       text    not null,                  -- the token that created it
  user_name    text,                              -- folded case
  external_id  text,
  display_name text,                              -- folded case
  label        text,                              -- what others show beside its id
  extension    text,
  active       integer,
  resource     text    not null,                  -- the SCIM resource as last accepted (desired)
  applied      text    not null,                  -- what the PBX is known to hold
  epoch        integer not null default 0         -- moves with every claim and commit
);
create index entry_list on entry (tenant, type, visible, seq);
create index entry_user_name on entry (tenant, type, visible, user_name);
create index entry_external_id on entry (tenant, type, visible, external_id);
create index entry_display_name on entry (tenant, type, visible, display_name);
create index entry_extension on entry (tenant, type, visible, extension);
create index entry_active on entry (tenant, type, visible, active, seq);

create table email (
  entry_id text not null references entry (id) on delete cascade,
  value    text not null, -- folded case
  primary key (entry_id, value)
) without rowid;
create index email_value on email (value);

-- One membership. Only the claim of the group changes applied and maybe.
create table member (
  group_id text    not null references entry (id) on delete cascade,
  user_id  text    not null,
  pbx_key  text    not null,           -- the extension it is planned for
  desired  integer not null,           -- what reads show
  wish     integer not null,           -- what the open journal entry wants
  applied  integer not null,           -- what the PBX is known to hold
  maybe    integer not null,           -- 1: applied is not certain
  primary key (group_id, user_id)
) without rowid;
create index member_user on member (user_id);
create index member_open on member (group_id) where maybe = 1 or desired <> applied or wish <> desired;

-- Members an identity provider named before the bridge knew them.
create table parked_member (
  group_id   text    not null references entry (id) on delete cascade,
  value      text    not null,
  expires_at integer not null,
  primary key (group_id, value)
) without rowid;
create index parked_member_value on parked_member (value);

-- A unique name or number, taken before the PBX hears of it.
create table reservation (
  tenant   text    not null,
  kind     text    not null,            -- userName, groupName, pbxName, extension, microsoft365
  value    text    not null,
  entry_id text,                        -- empty: a stranger on the PBX holds it
  settled  integer not null,            -- 0 while the write that took it is open
  free_at  integer,                     -- set: released, free from then on
  primary key (tenant, kind, value)
) without rowid;
create index reservation_entry on reservation (entry_id);
create index reservation_free on reservation (tenant, kind, free_at) where free_at is not null;

-- The next number of a pool that was never handed out.
create table pool_cursor (
  tenant      text not null,
  pool        text not null,
  next_number text not null,
  primary key (tenant, pool)
) without rowid;

-- Open work: at most one row per entry.
create table journal (
  entry_id     text    primary key references entry (id) on delete cascade,
  tenant       text    not null,
  wish         text,                    -- desired'; empty: delete
  wish_seq     integer not null,
  direction    text    not null,        -- forward, back
  base_version integer not null,
  source       text    not null,
  off_boarding integer not null,        -- 1: claimed before everything else
  blocked      text    not null,        -- fields given up, as a JSON array
  reason       text,                    -- the last refusal or outage, without secrets
  given_up_at  integer,                 -- when the last call without an answer was given up
  attempts     integer not null,
  due_at       integer not null,
  owner        text,
  lease_until  integer,
  opened_at    integer not null
) without rowid;
create index journal_due on journal (off_boarding desc, due_at);

-- One line per outcome: who changed what, and what the PBX said.
create table provisioning_log (
  id       integer primary key autoincrement,
  at       integer not null,
  tenant   text    not null,
  entry_id text    not null,
  type     text    not null,
  name     text    not null,
  source   text    not null,
  action   text    not null,
  outcome  text    not null,
  calls    text    not null,
  detail   text
);
create index provisioning_log_entry on provisioning_log (entry_id, id);
