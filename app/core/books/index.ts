export { book, books } from './book.js'
export { nameIn } from './names.js'
export { move } from './move.js'
export { BuiltInValue, ValueInUse } from './refusals.js'
