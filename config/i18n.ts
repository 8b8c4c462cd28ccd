import { globSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { defineConfig, formatters, loaders } from '@adonisjs/i18n'

/** Every section speaks for itself: its `lang/ru.json` and `lang/en.json` lie beside its code. */
const folders = globSync(['app/core/*/lang', 'app/*/lang', 'resources/lang'], {
  cwd: app.makePath(),
})

export default defineConfig({
  defaultLocale: 'en',
  supportedLocales: ['en', 'ru'],
  fallbackLocales: { ru: 'en' },
  formatter: formatters.icu(),
  loaders: folders.sort().map((folder) => loaders.fs({ location: app.makePath(folder) })),
})
