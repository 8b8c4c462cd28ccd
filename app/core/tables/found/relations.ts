import { row, rows, sql, type Sql } from '#core/database'
import { objects } from '#core/objects'

/** A table or a view that lies in the database already. */
export interface Relation {
  /** Its oid: an address may hold it, whatever letters the name has. */
  id: number
  schema: string
  name: string
  kind: 'table' | 'view'
  /** As the planner estimates. */
  rows: number
}

/** Schemas of PostgreSQL and of the product itself. */
const CLOSED = ['information_schema', 'pgboss', 'imports', 'custom']

const MOST_SHOWN = 500

/** What an administrator may register: readable by us, and none of our own tables, whose rows have rules of their own. */
export async function foundRelations(search = ''): Promise<Relation[]> {
  const wanted = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return rows<Relation>(sql`${open()} and lower(n.nspname || '.' || c.relname) like ${wanted} order by n.nspname, c.relname limit ${MOST_SHOWN}`)
}

export async function foundRelation(id: number): Promise<Relation | undefined> {
  return row<Relation>(sql`${open()} and c.oid = ${id}::bigint::oid`)
}

function open(): Sql {
  const own = objects.all().map(({ table }) => table)
  return sql`select c.oid::bigint as id, n.nspname as schema, c.relname as name,
      case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind, greatest(c.reltuples, 0)::bigint as rows
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
      and n.nspname !~ '^pg_' and n.nspname <> all(${CLOSED}::text[])
      and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
      and (n.nspname <> 'public' or (exists (select from own_relations)
        and c.relname <> all(${own}::text[]) and c.relname not in (select o.name from own_relations o)
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')))`
}
