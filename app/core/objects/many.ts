/** From so many rows on their number is typed before anything is done with them, so that nobody reaches or changes a million by a slip. */
export const MANY = 10_000

/** The number as somebody copies or writes it: 12 345, 12,345, 12.345; NaN for what is none. */
export const numberTyped = (typed: unknown) => (typeof typed === 'string' && typed ? Number(typed.replace(/[\s.,]/g, '')) : Number.NaN)
