/** What became of rows. */
export interface Figures {
  created: number
  updated: number
  unchanged: number
  rejected: number
}

export const nothing: Figures = { created: 0, updated: 0, unchanged: 0, rejected: 0 }

export const sum = (one: Figures, other: Figures): Figures => ({
  created: one.created + other.created,
  updated: one.updated + other.updated,
  unchanged: one.unchanged + other.unchanged,
  rejected: one.rejected + other.rejected,
})

/** Lines after `after` up to `last`. */
export interface Range {
  after: number
  last: number
}
