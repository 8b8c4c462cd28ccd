export { type Leavings, type Person, type PersonalPart, type PersonalTable } from './personal_table.js'
export { addPersonal, personal } from './registry.js'
export { STRUCK, strikeOut } from './strike_out.js'
