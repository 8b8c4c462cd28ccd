export { campaignClosed } from './campaign_closed.js'
export { lockedFields, rulesOf, type Rules } from './rules.js'
