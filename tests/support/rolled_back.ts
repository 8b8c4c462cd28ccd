import testUtils from '@adonisjs/core/services/test_utils'
import { type Group } from '@japa/runner/core'

/** Each test of the group sees what it wrote and leaves nothing behind. */
export function rolledBack(group: Group) {
  group.each.setup(() => testUtils.db().wrapInGlobalTransaction())
}
