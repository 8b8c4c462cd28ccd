export { settings, refreshSettings, outdateSettings } from './settings.js'
export { timezone, timezones } from './timezones.js'
