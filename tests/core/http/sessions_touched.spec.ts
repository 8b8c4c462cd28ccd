import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import { stores } from '@adonisjs/session'
import { type SessionConfig } from '@adonisjs/session/types'
import { execute, row, sql } from '#core/database'
import { rolledBack } from '#tests/support/rolled_back'
import { touchedNowAndThen } from '../../../app/core/http/touched_now_and_then.js'

test.group('Sessions in the database', (group) => {
  rolledBack(group)

  test('one that is used lives on, and is written down once a minute', async ({ assert }) => {
    const open = await touchedNowAndThen(stores.database({ tableName: 'sessions' })).resolver(app)
    const store = () => open({} as never, { age: '12h' } as SessionConfig)
    const renewed = async (id: string) => {
      await execute(sql`update sessions set expires_at = now() + interval '1 hour' where id = ${id}`)
      await store().touch(id)
      const kept = await row<{ renewed: boolean }>(sql`select expires_at > now() + interval '11 hours' as renewed from sessions where id = ${id}`)
      return kept!.renewed
    }
    await store().write('one', { a: 1 })
    await store().write('another', { a: 1 })

    assert.isTrue(await renewed('one'))
    assert.isFalse(await renewed('one'))
    assert.isTrue(await renewed('another'))
    assert.deepEqual(await store().read('one'), { a: 1 })
  })
})
