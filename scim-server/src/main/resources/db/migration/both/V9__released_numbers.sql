-- The lowest number that is free again: without it every number in use is looked at for each create.
create index reservation_released on reservation (tenant, kind, value, free_at) where free_at is not null;
