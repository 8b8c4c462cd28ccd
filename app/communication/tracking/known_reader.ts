import { row, rows, sql } from '#core/database'
import { mask, objects, type Masked } from '#core/objects'

/** What the page of preferences says of whoever holds the mail: links are forwarded, so addresses are masked. */
interface KnownReader {
  locale: 'ru' | 'en'
  agreed: boolean
  addresses: string[]
}

export async function knownReader(userId: number): Promise<KnownReader | undefined> {
  const reader = await row<Omit<KnownReader, 'addresses'>>(
    sql`select locale, communication_agree and personal_data_agree as agreed from users where id = ${userId}`
  )
  return reader && { ...reader, addresses: await maskedAddresses(userId) }
}

async function maskedAddresses(userId: number) {
  const shown = mask(objects.field(objects.get('identifier'), 'value'), sql`i`)
  const found = await rows<{ value: Masked }>(
    sql`select ${shown} as value from user_identifiers i where i.user_id = ${userId} and i.active and i.type in ('email', 'phone') order by i.type`
  )
  return found.map(({ value }) => value.masked)
}
