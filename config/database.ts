import { defineConfig } from '@adonisjs/lucid'
import app from '@adonisjs/core/services/app'
import { connection } from '#config/pg'

export default defineConfig({
  connection: 'postgres',
  prettyPrintDebugQueries: false,
  connections: {
    postgres: {
      client: 'pg',
      connection,
      pool: { min: 0, max: 10 },
      /** One folder, because folders are not sorted together. */
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: {
        enabled: app.inDev,
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
        excludeTables: ['adonis_schema', 'adonis_schema_versions', 'sessions', 'rate_limits'],
      },
      debug: false,
    },
  },
})
