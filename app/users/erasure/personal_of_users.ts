import { execute, sql } from '#core/database'
import { type PersonalPart } from '#core/personal'
import { sentFiles } from '../documents/sent_files.js'
import { ownReasons } from './privacy_request.js'

/** Numbers and yes/no are facts; words may name somebody. */
const withoutWords = sql`(
  select coalesce(jsonb_object_agg(one.key, one.value), '{}') from jsonb_each(t.payload) one
  where jsonb_typeof(one.value) in ('number', 'boolean')
)`

const noAttributes = { attributes: sql`'{}'` }

/** What this section knows of customers. The row itself and its identifiers stay, so that facts still have somebody to belong to. */
export const personalOfUsers: PersonalPart = {
  tables: [
    {
      table: 'users',
      customer: 'id',
      erasure: {
        external_id: sql`null`,
        surname: sql`null`,
        given_name: sql`null`,
        middle_name: sql`null`,
        birth_date: sql`null`,
        gender_id: sql`null`,
        status_reason: sql`null`,
        blocked_until: sql`null`,
        attributes: sql`'{}'`,
        status_id: sql`coalesce((select s.id from user_statuses s where s.code = 'deleted'), t.status_id)`,
        erased_at: sql`now()`,
        updated_at: sql`now()`,
      },
      impersonal: ['locale', 'communication_regime'],
    },
    {
      table: 'user_identifiers',
      customer: 'user_id',
      erasure: {
        value: sql`'erased-' || t.id`,
        active: sql`false`,
        confirmed: sql`false`,
        confirmed_at: sql`null`,
        blocked_reason: sql`null`,
        updated_at: sql`now()`,
        ...noAttributes,
      },
      impersonal: ['type', 'deliverable'],
    },
    { table: 'identifier_owners', customer: 'user_id', erasure: 'deleted', unexported: true },
    { table: 'user_aliases', customer: 'user_id', erasure: 'kept' },
    { table: 'user_stats', customer: 'user_id', erasure: 'kept' },
    /** Names and addresses of both stand in the journal; without them the merge can no longer be undone. */
    { table: 'user_merges', customer: 'user_id', erasure: { moved: sql`'{}'` }, hidden: ['moved'] },
    { table: 'user_duplicates', customer: 'user_id', erasure: 'deleted', unexported: true },
    { table: 'user_passwords', customer: 'user_id', erasure: 'deleted', hidden: ['hash'] },
    { table: 'user_sessions', customer: 'user_id', erasure: 'deleted', hidden: ['hash'] },
    { table: 'user_social_accounts', customer: 'user_id', erasure: 'deleted' },
    { table: 'user_tickets', customer: 'user_id', erasure: 'deleted', hidden: ['code_hash', 'link_hash'] },
    {
      table: 'identifier_requests',
      customer: 'user_id',
      erasure: {
        value: sql`null`,
        former: sql`null`,
        comment: sql`null`,
        answer: sql`null`,
        state: sql`case t.state when 'open' then 'withdrawn' else t.state end`,
        updated_at: sql`now()`,
      },
      impersonal: ['type'],
    },
    /** Their rows go with the files (`sentFiles`). */
    { table: 'user_documents', customer: 'user_id', erasure: { name: sql`'•••'` }, impersonal: ['type', 'set', 'status', 'comment', 'attributes'] },
    { table: 'user_labels', customer: 'user_id', erasure: 'deleted' },
    { table: 'user_campaign_agrees', customer: 'user_id', erasure: noAttributes },
    { table: 'user_unsubscribes', customer: 'user_id', erasure: noAttributes, impersonal: ['source'] },
    { table: 'user_subscriptions', customer: 'user_id', erasure: noAttributes, impersonal: ['source'] },
    {
      table: 'consent_log',
      customer: 'user_id',
      erasure: { ip: sql`null` },
      impersonal: ['kind', 'subject', 'document_version', 'text_hash', 'source', 'method', 'locale'],
    },
    { table: 'user_events', customer: 'user_id', erasure: { payload: withoutWords }, impersonal: ['signal', 'source', 'method', 'trace'] },
    {
      table: 'privacy_requests',
      customer: 'user_id',
      /** What staff wrote down may tell of anything; what the product wrote are codes. */
      erasure: { answer: sql`null`, reason: sql`case when t.reason = any(${[...ownReasons]}::text[]) then t.reason else 'struck' end` },
      impersonal: ['kind', 'state', 'source', 'due_on', 'locale'],
    },
    {
      table: 'erasure_acts',
      customer: 'user_id',
      erasure: 'kept',
      impersonal: ['number', 'reason', 'destroyed', 'extract', 'keep_until'],
    },
    { table: 'erased_identifiers', customer: 'user_id', erasure: 'kept', unexported: true, hidden: ['hash'], impersonal: ['hash', 'type'] },
  ],
  /** A request of one person may quote another. */
  traces: [{ table: 'privacy_requests', columns: ['reason'] }],
  leavings: [
    sentFiles,
    {
      name: 'mergeJournals',
      remove: ({ ids }, trx) => execute(sql`update user_merges set moved = '{}' where merged_id = any(${ids}::bigint[]) and moved <> '{}'`, trx),
    },
    {
      name: 'personFiles',
      remove: ({ ids }, trx) =>
        execute(sql`delete from files f using privacy_requests r where f.id = r.file_id and r.user_id = any(${ids}::bigint[])`, trx),
    },
    {
      name: 'stopList',
      remove: ({ identifiers }, trx) =>
        execute(
          sql`delete from stop_list s using unnest(${identifiers.map(({ type }) => type)}::text[], ${identifiers.map(({ value }) => value)}::text[])
            as known (type, value) where s.type = known.type and s.value = known.value`,
          trx
        ),
    },
  ],
}
