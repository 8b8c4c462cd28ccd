import { empty, execute, rows, sql, transaction, type Sql, type Transaction } from '#core/database'
import { closeErasure, requestErasure } from '../erasure/request_erasure.js'
import { lockPerson } from '../merge/lock_person.js'
import { lastMergeWord } from './last_merge_word.js'
import { type Origin, type Way } from './said_by.js'
import { consentGiven, consentWithdrawn } from './signals.js'

/** Each kind is its own word; one word for two of them is no consent (F36). */
export const consentKinds = ['personal_data', 'communication', 'campaign'] as const
export type ConsentKind = (typeof consentKinds)[number]

interface Consent {
  userId: number
  kind: ConsentKind
  value: boolean
  /** Of the kind `campaign`, and of no other. */
  campaignId?: number | null
  /** The row of `consent_documents`; when not given the one in force, where we asked, and that of the consent when it is withdrawn. */
  documentId?: number | null
}

/**
 * The one way in which a consent is given or withdrawn (F34-F37): the word in the append-only log with its proof, the present value
 * and the signal, in one transaction. What was said before under the same document is not said again; answers whether it was new. The
 * withdrawal of personal data opens a request for erasure (F39), agreeing again closes it.
 */
export async function recordConsent(consent: Consent, origin: Origin, trx?: Transaction): Promise<boolean> {
  if (!trx) return transaction((own) => recordConsent(consent, origin, own))
  const { kind, value, campaignId = null, documentId = null } = consent
  if ((kind === 'campaign') !== (campaignId !== null)) throw new Error(`A consent of kind "${kind}" and the campaign ${campaignId}`)
  const userId = await lockPerson(consent.userId, trx)
  const given = sql`select ${userId}::bigint as user_id, ${kind}::text as kind, ${value}::boolean as value,
    ${campaignId}::bigint as campaign_id, ${documentId}::bigint as document_id`
  return (await recordConsents(given, origin, trx)) > 0
}

/** The same for many: `given` selects `user_id`, `kind`, `value`, `campaign_id` and `document_id`. Answers how many words were new. */
export async function recordConsents(given: Sql, origin: Origin, trx: Transaction): Promise<number> {
  const said = await rows<{ id: number }>(writtenWords(given, origin), trx)
  if (!said.length) return 0
  const words = sql`select l.* from consent_log l where l.id = any(${said.map(({ id }) => id)}::bigint[])`
  await keepPresentValues(words, trx)
  await tell(words, origin, trx)
  if (!unasked.includes(origin.source)) {
    const about = (value: Sql) => sql`select user_id from (${words}) w where kind = 'personal_data' and ${value}`
    await requestErasure(about(sql`not value`), origin, trx)
    await closeErasure(about(sql`value`), trx)
  }
  return said.length
}

/** Words that follow from a merge: nobody asks with them to be erased. */
const unasked: Way[] = ['merge', 'parted']

/** What others asked was not under a document of ours, unless they name it. */
const askedElsewhere: Way[] = ['callback']

/** Nobody who was never asked has agreed; a first no is a word of its own only about a campaign (0 in F36), or of two who were merged. */
function writtenWords(given: Sql, origin: Origin): Sql {
  return sql`
    with word as (
      select g.user_id, g.kind, g.value, g.campaign_id, coalesce(g.document_id, case when g.value then f.id else last.document_id end) as document_id
      from (${given}) g
      left join lateral (
        select l.id, l.value, l.document_id from consent_log l
        where l.user_id = g.user_id and l.kind = g.kind and l.campaign_id is not distinct from g.campaign_id
        order by l.id desc limit 1
      ) last on true
      left join lateral (${inForce(sql`g.kind`, sql`g.campaign_id`)}) f on g.value and ${!askedElsewhere.includes(origin.source)}
      where g.value is distinct from case when g.kind = 'campaign' then last.value else coalesce(last.value, false) end
        or (g.value and g.document_id is not null and g.document_id is distinct from last.document_id)
        or (not g.value and coalesce(last.id, 0) <= ${lastMergeWord(sql`g.user_id`)})
    )
    insert into consent_log
      (user_id, kind, value, campaign_id, document_id, document_version, text_hash, locale, source, source_id, method, ip, staff_id, import_id)
    select w.user_id, w.kind, w.value, w.campaign_id, w.document_id, d.version, d.text_hash, ${origin.locale ?? null}, ${origin.source}, ${origin.sourceId ?? null}::bigint,
      ${origin.method ?? null}, ${origin.ip ?? null}, ${origin.staffId ?? null}::bigint, ${origin.importId ?? null}::bigint
    from word w left join consent_documents d on d.id = w.document_id
    returning id`
}

/** The document that is agreed to now. */
export const inForce = (kind: Sql, campaignId: Sql): Sql => sql`
  select d.id, d.version, d.name_ru, d.name_en, d.text_ru, d.text_en, d.text_hash from consent_documents d
  where d.kind = ${kind} and d.campaign_id is not distinct from ${campaignId} and d.active and d.valid_from <= now()
  order by d.valid_from desc, d.id desc limit 1`

async function keepPresentValues(words: Sql, trx: Transaction) {
  for (const [kind, column] of [['personal_data', sql`personal_data_agree`], ['communication', sql`communication_agree`]] as const) {
    await execute(
      sql`update users u set ${column} = w.value, updated_at = now()
        from (${words}) w where w.user_id = u.id and w.kind = ${kind} and u.${column} is distinct from w.value`,
      trx
    )
  }
  await execute(
    sql`insert into user_campaign_agrees (user_id, campaign_id, value)
      select user_id, campaign_id, value from (${words}) w where kind = 'campaign'
      on conflict (user_id, campaign_id) do update set value = excluded.value, updated_at = now()
        where user_campaign_agrees.value is distinct from excluded.value`,
    trx
  )
}

async function tell(words: Sql, { context }: Origin, trx: Transaction) {
  for (const [signal, only] of [[consentGiven, empty], [consentWithdrawn, sql`not`]] as const) {
    await signal.publishFrom(
      sql`select user_id, null::timestamptz as occurred_at, jsonb_strip_nulls(jsonb_build_object('kind', kind, 'campaignId', campaign_id,
          'document', document_version, 'source', source, 'sourceId', source_id)) as payload
        from (${words}) w where ${only} value`,
      trx,
      context
    )
  }
}
