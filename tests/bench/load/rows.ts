import { sql, type Sql } from '#core/database'

/** 30 x 30 x 10 beginnings, middles and endings make 9,000 surnames; the first ones are the most frequent, as in life (DATA). */
const surnameBeginnings = words('Ива Пет Сид Куз Смир Вол Мор Леб Коз Нов Пав Сем Гол Вин Бог Бел Тар Жук Бар Ком Оси Мак Зай Сол Бор Яко Гри Рог Фил Дан')
const surnameMiddles = words('н р о не ле ми ка ди ту ре ло са ва не ма ки но ти ра ло ба су ну ле ри го ча ша жи та')
const surnameEndings = words('нов ров ков лев ев ин кин ский енко ых')
const givenNames = words('Анна Елена Ольга Мария Ирина Татьяна Наталья Юлия Вера Дарья Иван Сергей Андрей Алексей Дмитрий Михаил Павел Олег Игорь Юрий')
const middleNames = words('Ивановна Сергеевна Петровна Андреевна Павловна Иванович Сергеевич Петрович Андреевич Павлович')

export function goods(): Sql {
  return sql`
    with departments as (
      insert into categories (code, name) select 'd' || i, 'Отдел ' || i from generate_series(1, 20) i returning id
    )
    insert into goods (code, name, category_id, brand, price)
    select 'g' || i, 'Товар ' || i, (select min(id) from departments) + i % 20, 'Марка ' || i % 500, 1000 + (random() * 100000)::bigint
    from generate_series(1, 20000) i`
}

/** 5 % are blocked, 1 % are test customers; most agree to everything; all have values of two custom fields. They came over five years, roughly in order. */
export function users(count: number): Sql {
  return sql`
    insert into users (external_id, surname, given_name, middle_name, gender_id, birth_date, status_id, is_test,
      personal_data_agree, communication_agree, registration_source_id, attributes, created_at, updated_at)
    select 'ext-' || i,
      (${surnameBeginnings}::text[])[1 + frequent % 30] || (${surnameMiddles}::text[])[1 + frequent / 30 % 30]
        || (${surnameEndings}::text[])[1 + frequent / 900],
      (${givenNames}::text[])[1 + floor(random() * 20)::integer], (${middleNames}::text[])[1 + floor(random() * 10)::integer],
      1 + i % 2, '1940-01-01'::date + floor(random() * 25000)::integer, case when random() < 0.05 then 2 else 1 end,
      random() < 0.01, random() < 0.97, random() < 0.9, (select id from sources where code = 'site'),
      jsonb_build_object('benchNumber', i, 'benchDay', (date '2000-01-01' + i % 9000)::text), came, came
    from (
      select i, floor(9000 * random() ^ 2)::integer as frequent,
        now() - interval '5 years' * (1 - (i - 1)::float / ${count}::integer) - interval '30 days' * random() as came
      from generate_series(1, ${count}::integer) i
    ) person`
}

/** 2.2 a customer: mail, phone, card. */
export function identifiers(): Sql {
  return sql`
    insert into user_identifiers (user_id, type, value, confirmed, confirmed_at, created_at, updated_at)
    select u.id, own.type, own.value, confirmed, case when confirmed then u.created_at end, u.created_at, u.created_at
    from (select id, created_at, random() < 0.9 as confirmed from users order by id) u
    cross join lateral (values
      ('email', 'user' || u.id || '@example.com', 0.9),
      ('phone', '+79' || lpad(u.id::text, 9, '0'), 0.95),
      ('card', '2900' || lpad(u.id::text, 9, '0'), 0.35)
    ) own (type, value, share)
    where random() < own.share`
}

export function owners(): Sql {
  return sql`insert into identifier_owners (type, value, user_id) select type, value, user_id from user_identifiers`
}

/** 3 a customer in the mean: 11 % have none, a few have dozens. They came in over three years, all customers mixed. */
export function receipts(): Sql {
  return sql`
    insert into receipts (user_id, number, issued_at, status, lines_count, total, created_at, updated_at)
    select user_id, 'r' || row_number() over (order by at), at, case when random() < 0.02 then 'returned' else 'accepted' end,
      lines_count, lines_count * (1000 + (random() * 100000)::bigint), at, at
    from (
      select u.id as user_id, now() - interval '3 years' * random() as at, 1 + floor(5 * random())::integer as lines_count
      from (
        select id, case when random() < 0.11 then 0 else 1 + floor(-2.84 * ln(1 - random()))::integer end as purchases from users
      ) u
      cross join lateral generate_series(1, u.purchases)
    ) purchase order by at`
}

/** 3 a receipt, of 20,000 goods; some goods are in every other basket. */
export function lines(): Sql {
  return sql`
    insert into receipt_lines (user_id, receipt_id, good_id, code, quantity, price, amount, created_at, updated_at)
    select user_id, receipt_id, good, 'g' || good, 1, amount, amount, issued_at, issued_at
    from (
      select r.user_id, r.id as receipt_id, 1 + floor(20000 * random() ^ 2)::integer as good, r.total / r.lines_count as amount,
        r.issued_at
      from receipts r cross join lateral generate_series(1, r.lines_count)
    ) line`
}

export function stats(): Sql {
  return sql`
    insert into user_stats (user_id, receipts_count, receipts_total, first_receipt_at, last_receipt_at)
    select user_id, count(*), sum(total), min(issued_at), max(issued_at)
    from receipts where status in ('accepted', 'checking') group by user_id`
}

/** 10 a customer: each receipt, and visits besides. */
export function events(): Sql {
  return sql`
    insert into user_events (user_id, occurred_at, event_key, signal, payload)
    select user_id, issued_at, gen_random_uuid(), 'receipt.added', jsonb_build_object('receiptId', id, 'total', total)
    from receipts
    union all
    select u.id, now() - interval '3 years' * random(), gen_random_uuid(), 'bench.visited', '{}'
    from users u cross join lateral generate_series(1, 7)`
}

function words(text: string) {
  return text.split(' ')
}
