export { remember } from './recent.js'
export { keyNames } from './key_names.js'
