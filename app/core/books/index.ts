export { book, books, type BookDeclaration } from './book.js'
export { nameFor, nameIn } from './names.js'
export { move } from './move.js'
export { BuiltInValue, ValueInUse } from './refusals.js'
