import { BaseSchema } from '@adonisjs/lucid/schema'

/** Receipts and their lines (F78). Both belong to a customer, so `user_id` leads their keys. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw(`
      create table receipts (
        id bigint generated always as identity,
        user_id bigint not null references users,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        number text not null,
        issued_at timestamptz not null,
        outlet_id bigint references outlets,
        source text collate "ru-x-icu",
        status text not null default 'accepted' check (status in ('accepted', 'checking', 'rejected', 'returned')),
        total bigint not null default 0,
        discount bigint not null default 0,
        lines_count integer not null default 0,
        inn text,
        kkt text,
        fn text,
        fd text,
        fp text,
        primary key (user_id, id),
        unique (user_id, number)
      )
    `)
    this.schema.raw('create unique index receipts_id_unique on receipts (id)')
    this.schema.raw('create index receipts_number_index on receipts (number, id)')
    this.schema.raw('create index receipts_user_issued_index on receipts (user_id, issued_at) include (total, status)')
    this.schema.raw('create index receipts_issued_at_index on receipts (issued_at, id) include (user_id, total, status)')
    this.schema.raw('create index receipts_total_index on receipts (total, id)')
    this.schema.raw('create index receipts_outlet_id_index on receipts (outlet_id, id)')
    this.schema.raw('alter table receipts alter user_id set (n_distinct = -0.3)')

    this.schema.raw(`
      create table receipt_lines (
        id bigint generated always as identity,
        user_id bigint not null,
        receipt_id bigint not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        good_id bigint references goods,
        code text not null,
        name text,
        quantity numeric(14, 3) not null default 1,
        price bigint,
        discount bigint not null default 0,
        amount bigint not null,
        primary key (user_id, id),
        foreign key (user_id, receipt_id) references receipts (user_id, id)
      )
    `)
    this.schema.raw('create unique index receipt_lines_id_unique on receipt_lines (id)')
    this.schema.raw('create index receipt_lines_receipt_index on receipt_lines (receipt_id, code)')
    this.schema.raw('create index receipt_lines_user_receipt_index on receipt_lines (user_id, receipt_id)')
    this.schema.raw('create index receipt_lines_good_id_index on receipt_lines (good_id, user_id)')
    this.schema.raw('alter table receipt_lines alter user_id set (n_distinct = -0.1)')
  }

  async down() {
    this.schema.raw('drop table receipt_lines, receipts')
  }
}
