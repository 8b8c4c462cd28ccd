import pg from 'pg'
import { connection } from '#config/pg'
import { type Sql } from './sql.js'

/**
 * A connection of its own on which a statement is planned once: for work that repeats a few of them by the thousand. To be opened
 * when the work begins, since plans are those of the tables as they are then; and closed.
 */
export class Prepared {
  readonly #client = new pg.Client(connection)
  readonly #names = new Map<string, string>()

  static async open() {
    const prepared = new Prepared()
    /** What breaks the connection is told to the statement that needs it next. */
    prepared.#client.on('error', () => {})
    await prepared.#client.connect()
    return prepared
  }

  async rows<Row>({ text, values }: Sql): Promise<Row[]> {
    const answer = await this.#client.query({ name: this.#nameOf(text), text, values })
    return answer.rows as Row[]
  }

  close() {
    return this.#client.end()
  }

  #nameOf(text: string) {
    const name = this.#names.get(text) ?? `s${this.#names.size}`
    this.#names.set(text, name)
    return name
  }
}
