import { type ObjectDefinition, type Relation } from '#core/objects'

/** Where a detail stands on a page. */
export const detailId = (owner: ObjectDefinition, id: number, { name }: Pick<Relation, 'name'>) => `detail-${owner.name}-${id}-${name}`
