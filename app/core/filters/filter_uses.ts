import { type ObjectDefinition, type Right } from '#core/objects'

/** What the filter in force above a list can become, beside a folder: a segment. Label: `filterUses.<name>`. */
export interface FilterUse {
  name: string
  icon: string
  /** Offered to those who have this right on this object. */
  right: Right
  object: string
  /** Whether a filter of that section can become one. */
  fits: (section: ObjectDefinition) => boolean
  /** Where it is made; the address is given the words `object` and `filter`. */
  href: string
}

const uses: FilterUse[] = []

export function addFilterUses(added: FilterUse[]) {
  uses.push(...added)
}

export const filterUses = (section: ObjectDefinition): FilterUse[] => uses.filter(({ fits }) => fits(section))
