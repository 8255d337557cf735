-- Two users exchange their Microsoft ids: who waits for one that somebody else still has.
alter table reservation add column waiter ${text}; -- the entry that gets it as soon as it is free
alter table reservation add column waiting_since bigint;
create index reservation_waiter on reservation (waiter) where waiter is not null;
