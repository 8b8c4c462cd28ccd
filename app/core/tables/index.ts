export { foreignRelations, rememberOwnRelations } from './found/own_relations.js'
export { makeTable } from './make_table.js'
