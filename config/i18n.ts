import { globSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { defineConfig, loaders } from '@adonisjs/i18n'
import { icuOnce } from '../app/core/http/known_sentences.js'

/** Every section speaks for itself: its `lang/ru.json` and `lang/en.json` lie beside its code. */
const folders = globSync(['app/core/*/lang', 'app/core/*/*/lang', 'app/*/lang', 'app/*/*/lang', 'resources/lang'], {
  cwd: app.makePath(),
})

export default defineConfig({
  defaultLocale: 'en',
  supportedLocales: ['en', 'ru'],
  fallbackLocales: { ru: 'en' },
  formatter: icuOnce,
  loaders: folders.sort().map((folder) => loaders.fs({ location: app.makePath(folder) })),
})
