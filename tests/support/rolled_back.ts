import db from '@adonisjs/lucid/services/db'
import { type Group } from '@japa/runner/core'
import { type Client } from 'pg'

/** Each test of the group sees what it wrote and leaves nothing behind. */
export function rolledBack(group: Group) {
  group.each.setup(async () => {
    const trx = await db.beginGlobalTransaction()
    const connection: Client = await trx.knexClient.client.acquireConnection()
    const inTurn = oneByOne(connection)
    return async () => {
      await db.rollbackGlobalTransaction()
      inTurn.end()
    }
  })
}

/** All requests of such a test share one connection, and a page asks several things at once: there they follow each other. */
function oneByOne(connection: Client) {
  const query = connection.query.bind(connection) as (statement: unknown, answer?: (...told: unknown[]) => void) => unknown
  let before: Promise<unknown> = Promise.resolve()
  const asked = (statement: unknown, answer?: (...told: unknown[]) => void) => {
    /** A COPY is a stream that is fed by whoever asked for it. */
    if (!answer) return query(statement)
    const ask = () => new Promise<void>((done) => query(statement, (...told) => (done(), answer(...told))))
    before = before.then(ask)
  }
  Object.assign(connection, { query: asked })
  return { end: () => void Reflect.deleteProperty(connection, 'query') }
}
