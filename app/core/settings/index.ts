export { settings, refreshSettings, outdateSettings } from './settings.js'
