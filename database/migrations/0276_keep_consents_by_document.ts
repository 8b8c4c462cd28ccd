import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Documents that people agree to, the two regimes of advertising (F35), participation in campaigns (F36); the log names document,
 * campaign, source and method of each word.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table consent_documents (
        id bigint generated always as identity primary key,
        created_at timestamptz not null default now(),
        kind text not null check (kind in ('personal_data', 'communication', 'campaign')),
        campaign_id bigint references campaigns,
        version text not null check (version <> ''),
        text_ru text,
        text_en text,
        text_hash text not null,
        valid_from timestamptz not null default now(),
        active boolean not null default true,
        staff_id bigint references staff,
        constraint consent_documents_campaign_id_by_kind check ((kind = 'campaign') = (campaign_id is not null)),
        constraint consent_documents_text_ru_or_en check (text_ru <> '' or text_en <> ''),
        constraint consent_documents_version_unique unique nulls not distinct (kind, campaign_id, version)
      )
    `)
    this.schema.raw('create index consent_documents_campaign_id_index on consent_documents (campaign_id, id)')
    this.schema.raw('create index consent_documents_in_force on consent_documents (kind, campaign_id, valid_from, id) where active')

    /** The text is sealed as it is published; afterwards it is only taken out of use. */
    this.schema.raw(`
      create function seal_consent_document() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          raise exception 'documents of consents are only ever added';
        end if;
        if tg_op = 'UPDATE' and (to_jsonb(new) - 'active') is distinct from (to_jsonb(old) - 'active') then
          raise exception 'a published document of a consent is never changed';
        end if;
        new.text_hash := encode(sha256(convert_to(coalesce(new.text_ru, '') || E'\\n' || coalesce(new.text_en, ''), 'UTF8')), 'hex');
        return new;
      end $$
    `)
    this.schema.raw(`
      create trigger consent_documents_are_sealed before insert or update or delete on consent_documents
        for each row execute function seal_consent_document()
    `)

    this.schema.raw(`
      create table user_campaign_agrees (
        id bigint generated always as identity,
        user_id bigint not null references users,
        campaign_id bigint not null references campaigns,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        value boolean not null default true,
        attributes jsonb not null default '{}',
        primary key (user_id, id),
        unique (user_id, campaign_id)
      )
    `)
    this.schema.raw('create index user_campaign_agrees_id_index on user_campaign_agrees (id)')
    this.schema.raw('create index user_campaign_agrees_campaign_id_index on user_campaign_agrees (campaign_id, id)')

    this.schema.raw(`
      alter table users add column communication_regime text not null default 'except'
        constraint users_communication_regime_known check (communication_regime in ('except', 'only'))
    `)
    this.schema.raw(`
      create table user_subscriptions (
        id bigint generated always as identity,
        user_id bigint not null references users,
        created_at timestamptz not null default now(),
        channel_id bigint references channels,
        category_id bigint references unsubscribe_categories,
        source text not null,
        attributes jsonb not null default '{}',
        primary key (user_id, id),
        unique nulls not distinct (user_id, channel_id, category_id)
      )
    `)
    this.schema.raw('create index user_subscriptions_id_index on user_subscriptions (id)')

    this.schema.raw(`
      alter table consent_log
        drop constraint consent_log_kind_check,
        add constraint consent_log_kind_check
          check (kind in ('personal_data', 'communication', 'campaign', 'unsubscribe', 'subscribe', 'regime')),
        add column document_id bigint references consent_documents,
        add column campaign_id bigint references campaigns,
        add column source_id bigint references sources,
        add column method text
    `)
    this.schema.raw('create index consent_log_campaign_id_index on consent_log (campaign_id, id) where campaign_id is not null')
    this.schema.raw('create index consent_log_document_id_index on consent_log (document_id, id) where document_id is not null')
    this.schema.raw('create index consent_log_source_id_index on consent_log (source_id, id) where source_id is not null')

    /** A mailing about a campaign may go to its participants, too (F36). */
    this.schema.raw('alter table communications add column campaign_id bigint references campaigns')
    this.schema.raw('create index communications_campaign_id_index on communications (campaign_id, id)')
  }

  async down() {
    this.schema.raw('alter table communications drop column campaign_id')
    this.schema.raw(`
      alter table consent_log
        drop column document_id, drop column campaign_id, drop column source_id, drop column method,
        drop constraint consent_log_kind_check,
        add constraint consent_log_kind_check check (kind in ('personal_data', 'communication', 'campaign', 'unsubscribe')) not valid
    `)
    this.schema.raw('drop table user_subscriptions, user_campaign_agrees, consent_documents')
    this.schema.raw('drop function seal_consent_document')
    this.schema.raw('alter table users drop column communication_regime')
  }
}
