export { type Letter } from './letter.js'
export { deliver } from './deliver.js'
export { tell } from './tell.js'
export { mailLeaves } from './transport.js'
