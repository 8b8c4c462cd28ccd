import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { inState } from '../../bin/launcher/state.ts'
import { importFile } from './load.ts'
import { type Figures } from './figures.ts'
import { type Product } from './product.ts'
import { type Tables } from './oracle_of_tables.ts'
import { type Visitor } from './visitor.ts'

/** Who of the segment may not be written to, by the reason that Tessera must give. */
export type Withdrawn = Record<string, string[]>

/** The category of the mail, and one of which nobody hears here. */
export const CATEGORY = 'promotions'
const OTHER_CATEGORY = 'news'

/**
 * Makes the exclusions of the mailing real, each in the way in which it happens: consents and marks by a file from another system,
 * unsubscriptions and the stop list by hand. Households whose number is a multiple of thirteen never confirmed their address.
 */
export async function withdraw(product: Product, staff: Visitor, tables: Tables, households: string[], figures: Figures) {
  figures.stage('Consents withdrawn, marks set')
  const unconfirmed = households.filter((one) => Number(one) % 13 === 0)
  const others = households.filter((one) => Number(one) % 13 !== 0).sort((a, b) => Number(a) - Number(b))
  const take = (count: number) => others.splice(0, count)
  const withdrawn: Withdrawn = {
    unconfirmed,
    noConsent: take(20),
    noPersonalData: take(12),
    testCustomer: take(6),
    status: take(4),
    stopList: take(3),
    unsubscribed: take(3),
  }

  await byFile(product, withdrawn, figures)
  for (const household of withdrawn.stopList) await stop(staff, household)
  for (const household of withdrawn.unsubscribed) await unsubscribe(staff, tables, household, CATEGORY)
  const elsewhere = take(2)
  for (const household of elsewhere) await unsubscribe(staff, tables, household, OTHER_CATEGORY)

  const counted = await tables.one<{ log: number }>(
    `select count(*) as log from consent_log where not value and kind in ('personal_data', 'communication')`
  )
  figures.check('withdrawals in the consent log', counted.log, withdrawn.noConsent.length + withdrawn.noPersonalData.length)
  figures.check('unsubscriptions by hand', (await tables.all('select from user_unsubscribes')).length, 5)
  figures.check('addresses in the stop list', (await tables.all('select from stop_list')).length, 3)
  return withdrawn
}

export const addressOf = (household: string) => `hh${household}@example.com`

async function byFile(product: Product, { noConsent, noPersonalData, testCustomer, status }: Withdrawn, figures: Figures) {
  const file = join(inState(), `journey-withdrawals-${process.pid}.csv`)
  const rows = [
    ...noConsent.map((one) => [one, '0', '', '', '']),
    ...noPersonalData.map((one) => [one, '', '0', '', '']),
    ...testCustomer.map((one) => [one, '', '', '1', '']),
    ...status.map((one) => [one, '', '', '', 'blocked']),
  ]
  writeFileSync(file, ['id;mailings;personal;test;status', ...rows.map((row) => row.join(';'))].join('\n'))
  const outcome = await importFile(product, file, {
    object: 'user',
    match: 'externalId',
    map: ['externalId=id', 'communicationAgree=mailings', 'personalDataAgree=personal', 'isTest=test', 'status:code=status'],
  })
  figures.check('customers changed by a file', outcome.updated, rows.length)
}

async function stop(staff: Visitor, household: string) {
  const dialog = await staff.open('/stop-list/create')
  await staff.send(dialog, '/stop-list', { type: 'email', value: addressOf(household), reason: 'Asked by phone' })
}

async function unsubscribe(staff: Visitor, tables: Tables, household: string, code: string) {
  const found = await tables.one<{ user: number; channel: number; category: number }>(
    `select u.id as user, c.id as channel, k.id as category
    from users u, channels c, unsubscribe_categories k where u.external_id = $1 and c.code = 'email' and k.code = $2`,
    [household, code]
  )
  const dialog = await staff.open(`/unsubscribe/create?user=${found.user}`)
  await staff.send(dialog, '/unsubscribe', { channel: String(found.channel), category: String(found.category) })
}
