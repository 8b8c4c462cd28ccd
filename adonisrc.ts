import { defineConfig } from '@adonisjs/core/app'

export default defineConfig({
  directories: {
    commands: './app/core/commands',
  },

  commands: [
    () => import('@adonisjs/core/commands'),
    () => import('@adonisjs/lucid/commands'),
    () => import('@adonisjs/session/commands'),
    () => import('./app/communication/commands.js'),
  ],

  providers: [
    () => import('@adonisjs/core/providers/app_provider'),
    () => import('@adonisjs/core/providers/hash_provider'),
    {
      file: () => import('@adonisjs/core/providers/repl_provider'),
      environment: ['repl', 'test'],
    },
    () => import('@adonisjs/core/providers/vinejs_provider'),
    () => import('@adonisjs/core/providers/edge_provider'),
    () => import('@adonisjs/session/session_provider'),
    () => import('@adonisjs/shield/shield_provider'),
    () => import('@adonisjs/static/static_provider'),
    () => import('@adonisjs/lucid/database_provider'),
    () => import('@adonisjs/auth/auth_provider'),
    () => import('@adonisjs/i18n/i18n_provider'),
    () => import('@adonisjs/limiter/limiter_provider'),
  ],

  preloads: [
    () => import('#start/env'),
    () => import('#start/kernel'),
    () => import('#start/view'),
    () => import('#start/routes'),
  ],

  tests: {
    suites: [
      {
        name: 'core',
        files: ['tests/core/**/*.spec.ts', 'tests/architecture.spec.ts'],
        timeout: 30_000,
      },
      {
        name: 'sections',
        files: ['tests/!(core|browser|kill|support)/**/*.spec.ts'],
        timeout: 60_000,
      },
      {
        name: 'browser',
        files: ['tests/browser/**/*.spec.ts'],
        timeout: 120_000,
      },
      {
        name: 'kill',
        files: ['tests/kill/**/*.spec.ts'],
        timeout: 180_000,
      },
    ],
    // The pool of the sender's last transaction may outlive the specs; real processes are proved to end by the kill suite.
    forceExit: true,
  },

  metaFiles: [
    { pattern: 'resources/**/*', reloadServer: false },
    { pattern: 'app/**/*.edge', reloadServer: false },
    { pattern: 'app/**/lang/*.json', reloadServer: false },
    { pattern: 'public/**', reloadServer: false },
  ],
})
