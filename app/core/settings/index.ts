export { settings, refreshSettings, outdateSettings, type Settings } from './settings.js'
