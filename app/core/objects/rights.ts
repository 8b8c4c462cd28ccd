/**
 * What a role may do with rows of an object. `personal`: sees personal data; `reveal`: sees it of one row at a time, each look
 * being logged.
 */
export const rights = ['read', 'create', 'edit', 'delete', 'export', 'import', 'reveal', 'personal'] as const

/**
 * Rights that objects have beyond those, for what is more than an edit. The section that declares one names it:
 * `declare module '#core/objects' { interface Actions { send: true } }`.
 */
export interface Actions {}

export type Right = (typeof rights)[number] | keyof Actions

/** The roles that every installation starts with; `rights` of a declaration say what they may do. */
export const builtInRoles = ['administrator', 'marketer', 'viewer'] as const

/** The code of a row of `roles`. */
export type RoleName = string
