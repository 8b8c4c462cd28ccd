import { empty, identifier, join, sql, type Sql } from '#core/database'
import { existing, expression, followsMerges, idsWhere, objects, plain, standsFor, table, type Field, type ObjectDefinition } from '#core/objects'
import { type Group } from './ast.js'
import { bind, type BoundCondition, type BoundGroup, type BoundNode, type BoundRelation } from './bind.js'
import { clock, type Clock } from './operand.js'
import { type Operator } from './operators.js'
import { type Measure, type Related } from './relation_operators.js'
import { selective } from './selective.js'
import { containsIn, hasTrigram } from './text_search.js'

interface CompileOptions {
  /** IANA zone in which days begin and end. */
  timezone: string
  /** The moment from which relative dates count; now, when not given. */
  now?: Date
}

/** The row that a reference leads to, and what is joined to find it. */
interface Target {
  id: Sql
  through: Sql
}

/**
 * A condition over the alias `t` of the object's table: the only way from a filter to SQL. Names come from declarations,
 * values are bound. Throws `InvalidFilter`. The object's own scope is not part of it: see `existing` of #core/objects.
 */
export function compile(group: Group, object: ObjectDefinition, { timezone, now }: CompileOptions): Sql {
  const at = clock(timezone, now)
  return new Compilation(at).group(bind(group, object, at, plain), object, table)
}

/** One walk over a filter; every nested table gets an alias of its own. */
class Compilation {
  #aliases = 0

  constructor(readonly at: Clock) {}

  group({ logic, of }: BoundGroup, object: ObjectDefinition, row: Sql): Sql {
    if (!of.length) return sql`true`
    if (logic === 'or' && worthUnion(of)) return this.union(of, object, row)
    const conditions = of.map((node) => this.node(node, object, row))
    return conditions.length === 1 ? conditions[0] : sql`(${join(conditions, ` ${logic} `)})`
  }

  node(node: BoundNode, object: ObjectDefinition, row: Sql): Sql {
    if ('of' in node) return this.group(node, object, row)
    return 'relation' in node ? this.relation(node, row) : this.condition(node, row)
  }

  /**
   * A value behind references is that of the row they lead to. A negation holds where the plain operator does not, so
   * it also keeps rows whose reference is empty or leads to a deleted row.
   */
  condition({ path: { hops, field }, operator, operands }: BoundCondition, row: Sql): Sql {
    const about = { field, clock: this.at }
    const meaning = ({ sql: said, searches, negates }: Operator, at: Sql) => {
      const met = said(expression(field, at), operands, about)
      return searches && !negates ? narrowed(field, String(operands[0].value), at, met) : met
    }
    const positive = operator.negates ?? operator
    const followed = followsMerges(field) && operands.length > 0
    if (!hops.length && !followed) return meaning(operator, row)
    const found = this.along(hops, row, (last) => {
      if (!followed) return meaning(positive, last)
      const ids = idsWhere(objects.get(field.to!), (id) => positive.sql(id, operands, about))
      return sql`coalesce(${expression(field, last)} = any(${ids}), false)`
    })
    return operator.negates ? sql`not ${found}` : found
  }

  along([hop, ...rest]: Field[], row: Sql, condition: (row: Sql) => Sql): Sql {
    if (!hop) return condition(row)
    const to = objects.get(hop.to!)
    const next = this.alias()
    const { id, through } = this.sought(hop, row)
    const ties = tiesOf(hop, id, row, next).map(({ theirs, ours }) => sql`${ours} = ${theirs}`)
    return sql`exists (select 1 from ${identifier(to.table)} ${next}${through}
      where ${join(ties, ' and ')} and ${existing(to, next)} and ${this.along(rest, next, condition)})`
  }

  relation({ relation, operator, where, ...measure }: BoundRelation, row: Sql): Sql {
    const { object, field } = relation
    const many = this.alias()
    const pointing = ({ id, through }: Target) => ({ source: sql`${identifier(object.table)} ${many}${through}`, ties: tiesOf(field, id, many, row) })
    const related: Related = {
      sought: pointing(this.sought(field, many)),
      gathered: pointing(this.gathered(field, many)),
      conditions: sql`${existing(object, many)} and ${this.group(where, object, many)}`,
      narrowed: where.of.length > 0,
      alias: this.alias(),
    }
    return operator.sql(related, measure.compare && measureOf(measure, many))
  }

  /** Where rows were merged, a reference goes through the row that it names: indexes lead from either end to the other (README). */
  sought(reference: Field, many: Sql): Target {
    const id = expression(reference, many)
    if (!followsMerges(reference)) return { id, through: empty }
    const named = this.alias()
    const to = objects.get(reference.to!)
    return { id: standsFor(named), through: sql` join ${identifier(to.table)} ${named} on ${named}.id = ${id}` }
  }

  /** The same where every reference is read anyway: only those of merged rows are looked up. */
  gathered(reference: Field, many: Sql): Target {
    const id = expression(reference, many)
    if (!followsMerges(reference)) return { id, through: empty }
    const merged = this.alias()
    const aliases = objects.get(reference.to!).aliases!
    return {
      id: sql`coalesce(${merged}.canonical_id, ${id})`,
      through: sql` left join ${identifier(aliases.table)} ${merged} on ${merged}.${identifier(aliases.id)} = ${id}`,
    }
  }

  /** Each side finds its ids by its own index; an `or` in one `where` would read every row for both (DATA, 1). */
  union(of: BoundNode[], object: ObjectDefinition, row: Sql): Sql {
    const sides = of.map((node) => {
      const own = this.alias()
      return sql`select ${own}.id from ${identifier(object.table)} ${own} where ${this.node(node, object, own)}`
    })
    return sql`${row}.id in (${join(sides, ' union ')})`
  }

  alias(): Sql {
    this.#aliases += 1
    return identifier(`t${this.#aliases}`)
  }
}

/** What is part of a name is part of the names of its row, which one index holds together (measured: README). */
function narrowed(field: Field, term: string, row: Sql, met: Sql): Sql {
  const { search, searched } = objects.get(field.object)
  if (!search || !searched?.includes(field.name) || !hasTrigram(term)) return met
  return sql`(${containsIn(search(row), term)} and ${met})`
}

/** An `or` of plain conditions on one table needs no help: the planner joins their bitmaps. */
function worthUnion(of: BoundNode[]) {
  return of.some((node) => 'relation' in node) && of.every(selective)
}

/** The reference equals the id; tables that share `user_id` repeat it, so that both lie on one server (DATA, 7). */
function tiesOf(reference: Field, target: Sql, many: Sql, one: Sql) {
  const ties = [{ theirs: target, ours: sql`${one}.id` }]
  return reference.inverse?.colocated ? [...ties, { theirs: sql`${many}.user_id`, ours: sql`${one}.user_id` }] : ties
}

function measureOf({ measured, compare, operands }: Partial<BoundRelation>, row: Sql): Measure {
  const aggregate = measured ? sql`coalesce(sum(${expression(measured, row)}), 0)` : sql`count(*)`
  return { aggregate, compare: compare!, operands: operands! }
}
