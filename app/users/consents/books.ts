import { nameIn } from '#core/books'
import { identifier, rows, sql, type Sql, type Transaction } from '#core/database'
import { type Reader } from '#core/objects'

export interface Choosable {
  id: number
  code: string
  name: string
}

export interface Books {
  channels: Choosable[]
  categories: Choosable[]
}

/** What there is to agree to now. */
export const offeredBooks = (locale: Reader['locale'], trx?: Transaction) => booksWhere(sql`b.active and b.deleted_at is null`, locale, trx)

/** What was ever offered: customers still may want none of what is offered no more. */
export const wholeBooks = (locale: Reader['locale'], trx?: Transaction) => booksWhere(sql`true`, locale, trx)

async function booksWhere(offered: Sql, locale: Reader['locale'], trx?: Transaction): Promise<Books> {
  const book = (table: string) =>
    rows<Choosable>(
      sql`select b.id, b.code, ${nameIn(sql`b`, locale)} as name from ${identifier(table)} b where ${offered}
        order by b.deleted_at nulls first, b.position, b.id`,
      trx
    )
  return { channels: await book('channels'), categories: await book('unsubscribe_categories') }
}
