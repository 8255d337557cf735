-- The bridges that have this database now; each renews its row. Times are the database's own.
create table replica (
  id      text collate "C" primary key,
  seen_at bigint           not null
);

-- Of the time when one bridge had the database to itself.
drop table store_holder;
