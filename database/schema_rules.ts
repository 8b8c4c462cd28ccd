import type { SchemaRules } from '@adonisjs/lucid/types/schema_generator'

/** Says of each column what the parsers in config/pg.ts really return. */
export default {
  types: {
    bigint: { tsType: 'number', imports: [], decorators: [{ name: '@column' }] },
    date: { tsType: 'string', imports: [], decorators: [{ name: '@column' }] },
  },
} satisfies SchemaRules
