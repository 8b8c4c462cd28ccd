/** A field of a form as text, whatever was sent under its name. */
export const sentText = (sent: unknown) => (typeof sent === 'string' ? sent : '')
