import { InvalidFields } from '#core/objects'

/** What was refused, as codes of the sentences at the fields; nothing where it was written. */
export async function refused(written: Promise<unknown>) {
  try {
    await written
  } catch (error) {
    if (error instanceof InvalidFields) return Object.entries(error.errors).map(([field, { code }]) => `${field}: ${code}`)
    throw error
  }
}
