-- Macros for the selects of a source. A value that does not parse comes back unchanged, so that the typed cast
-- refuses it and the user reads his own text in the rejected rows.

create schema if not exists macros;

-- yuan text ('¥1,234.505') → whole fen, half up
create or replace macro macros.fen(x) as coalesce(
  cast(try_cast(round(try_cast(nullif(regexp_replace(trim(cast(x as varchar)), '[,¥￥]', '', 'g'), '') as decimal(28, 10)) * 100)
       as bigint) as varchar),
  cast(x as varchar));

-- text in one format, or a list of formats, of strptime → time or day
create or replace macro macros.ts(x, fmt) as coalesce(cast(try_strptime(trim(x), fmt) as varchar), x);
create or replace macro macros.day(x, fmt) as coalesce(cast(cast(try_strptime(trim(x), fmt) as date) as varchar), x);

-- 是/否, true/false, 1/0, yes/no, Y/N → true or false
create or replace macro macros.yes(x) as case
  when lower(trim(cast(x as varchar))) in ('是', 'true', 't', '1', 'y', 'yes') then 'true'
  when lower(trim(cast(x as varchar))) in ('否', 'false', 'f', '0', 'n', 'no') then 'false'
  else cast(x as varchar) end;

-- '1,234,567.8' → '1234567.8'
create or replace macro macros.number(x) as case
  when regexp_full_match(trim(x), '[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?') then replace(trim(x), ',', '')
  else x end;
