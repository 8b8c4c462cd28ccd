import { type Group } from '@japa/runner/core'
import { execute, sql } from '#core/database'
import { hashOfSecret } from '#core/secrets'
import { outdateSources } from '../../app/campaigns/sources/source_by_code.js'

/** The key of the source `till`, while `callingSources` holds. */
export const TILL_KEY = 'a-secret-of-the-till'
export const SHOP = 'https://shop.example'

/** For tests of the public interface: `site` is a front end of the pages of `SHOP`, `till` a server with `TILL_KEY`. */
export function callingSources(group: Group) {
  group.each.setup(async () => {
    await execute(sql`update sources set front_end = true, sites = ${SHOP} where code = 'site'`)
    await execute(sql`update sources set key_hash = ${hashOfSecret(TILL_KEY)}, key_beginning = 'a-se' where code = 'till'`)
    outdateSources()
    return async () => {
      await execute(sql`update sources set front_end = false, sites = null where code = 'site'`)
      await execute(sql`update sources set key_hash = null, key_beginning = null where code = 'till'`)
      outdateSources()
    }
  })
}
