import sql, { empty, join, raw, type Sql } from 'sql-template-tag'

/** SQL with its bindings: fragments nest, values are always bound. */
export { sql, empty, join, raw, type Sql }

/**
 * A name quoted for SQL. Names come from declarations and registered tables only; the pattern
 * is the last guard, not the first. A table of another schema is `custom.vehicles`.
 */
export function identifier(...path: string[]): Sql {
  const names = path.flatMap((name) => name.split('.'))
  for (const name of names) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" cannot be an SQL name`)
  }
  return raw(names.map((name) => `"${name}"`).join('.'))
}

/** A camelCase name (a field's, or a path to one) as the name of a result column, which `identifier` refuses. */
export function quotedName(name: string): Sql {
  if (!/^[a-zA-Z][a-zA-Z0-9_.]*$/.test(name)) throw new Error(`"${name}" cannot name a column`)
  return raw(`"${name}"`)
}
