import pg from 'pg'
import { type Question } from './question.ts'

pg.types.setTypeParser(20, Number)

/** Plain questions to the tables, written without a look at what Tessera asks. */
export class Tables {
  #pool: pg.Pool

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: 2 })
    this.#pool.on('error', () => {})
  }

  async close() {
    await this.#pool.end()
  }

  async all<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.#pool.query<Row>(text, values)
    return rows
  }

  async one<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row> {
    const [row] = await this.all<Row>(text, values)
    if (!row) throw new Error(`Nothing was found by: ${text}`)
    return row
  }

  async texts(text: string, values: unknown[] = []): Promise<string[]> {
    const found = await this.all<{ value: string }>(text, values)
    return found.map(({ value }) => value)
  }

  /** What the imports left. */
  async counts() {
    return this.one<Record<string, number>>(`
      select
        (select count(*) from categories where parent_id is null) as departments,
        (select count(*) from categories where parent_id is not null) as categories,
        (select count(*) from goods) as goods,
        (select count(*) from outlets) as outlets,
        (select count(*) from users) as users,
        (select count(*) from user_identifiers where type = 'email' and active) as emails,
        (select count(*) from receipts) as receipts,
        (select count(*) from receipt_lines) as lines,
        (select count(*) from receipt_lines where good_id is null) as "strangeLines",
        (select count(distinct code) from receipt_lines where good_id is null) as "strangeGoods",
        (select sum(amount)::bigint from receipt_lines) as turnover,
        (select sum(total)::bigint from receipts) as "turnoverOfReceipts",
        (select sum(receipts_total)::bigint from user_stats) as "turnoverOfUsers",
        (select count(*) from receipts r join receipt_lines l on l.receipt_id = r.id where l.user_id <> r.user_id) as strays
    `)
  }

  /** Ids of the users whom the segment must hold. */
  async usersFor({ department, times, from, to }: Question) {
    return this.texts(
      `select r.user_id::text as value
      from receipt_lines l
      join receipts r on r.id = l.receipt_id
      join goods g on g.id = l.good_id
      join categories c on c.id = g.category_id
      left join categories d on d.id = c.parent_id
      where $1 in (c.code, d.code)
        and r.issued_at >= $2::date and r.issued_at < $3::date + 1
      group by r.user_id having count(*) >= $4`,
      [department, from, to, times]
    )
  }

  async householdsOf(users: string[]) {
    return this.texts('select external_id as value from users where id = any($1::bigint[])', [users])
  }

  /** To whom advertising in a category may go at all, of these users (F34-F38, F44). */
  async reachable(users: string[], category: string) {
    return this.texts(
      `select i.value
      from users u
      join user_statuses s on s.id = u.status_id and s.allows_sending
      join user_identifiers i on i.user_id = u.id and i.type = 'email' and i.active and i.confirmed
      where u.id = any($1::bigint[]) and u.deleted_at is null and not u.is_test
        and u.personal_data_agree and u.communication_agree and i.deliverable <> 'blocked'
        and (i.type, i.value) not in (select type, value from stop_list)
        and u.id not in (
          select x.user_id from user_unsubscribes x
          left join channels c on c.id = x.channel_id
          left join unsubscribe_categories k on k.id = x.category_id
          where coalesce(c.code, 'email') = 'email' and coalesce(k.code, $2) = $2
        )`,
      [users, category]
    )
  }
}
