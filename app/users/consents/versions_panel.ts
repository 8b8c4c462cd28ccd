import { nameIn } from '#core/books'
import { identifier, rows, sql } from '#core/database'
import { dateTime, integer, show, type Panel, type Reader } from '#core/objects'

interface Version {
  id: number
  name: string
  version: string
  validFrom: Date
  active: boolean
  textHash: string
  agreed: number
  /** When the next one followed it. */
  validUntil: Date | null
  inForce: boolean
}

/** On the card of a document: all its versions, which was in force when, and how many agreed to each. */
export const versionsPanel: Panel = {
  name: 'versions',
  tab: 'header',
  order: 1,
  view: 'users::components/document_versions',
  load: async (id, reader) => ({ versions: (await versionsOf(id, reader)).map((one) => inWords(one, id, reader)) }),
}

function versionsOf(id: number, { locale }: Reader) {
  const d = identifier('d')
  return rows<Version>(
    sql`with followed as (
        select d.*, ${nameIn(d, locale)} as name,
          case when d.active then lead(d.valid_from) over (partition by d.active order by d.valid_from, d.id) end as valid_until
        from consent_documents d join consent_documents one on one.id = ${id} and one.kind = d.kind and one.campaign_id is not distinct from d.campaign_id
      )
      select f.id, f.name, f.version, f.valid_from as "validFrom", f.active, f.text_hash as "textHash", f.valid_until as "validUntil",
        (f.active and f.valid_from <= now() and coalesce(f.valid_until > now(), true)) as "inForce",
        (select count(distinct l.user_id) from consent_log l where l.document_id = f.id and l.value) as agreed
      from followed f order by f.valid_from desc, f.id desc`
  )
}

const inWords = ({ id, name, version, validFrom, validUntil, active, textHash, agreed, inForce }: Version, shown: number, reader: Reader) => ({
  href: `/consent-documents/${id}`,
  shown: id === shown,
  name,
  version,
  validFrom: show(dateTime(), validFrom, reader),
  validUntil: validUntil && show(dateTime(), validUntil, reader),
  state: reader.t(`consent_document.versions.${stateOf({ active, validFrom, inForce })}`),
  inForce,
  agreed: show(integer(), agreed, reader),
  textHash,
})

function stateOf({ active, validFrom, inForce }: Pick<Version, 'active' | 'validFrom' | 'inForce'>) {
  if (inForce) return 'inForce'
  if (!active) return 'outOfUse'
  return validFrom > new Date() ? 'coming' : 'followed'
}
