import { type ObjectDefinition } from './define_object.js'
import { InvalidFields } from './invalid_fields.js'

/** Turns what PostgreSQL refuses (unique, foreign key, check) into an error at the field whose column it names. */
export async function guarded<Result>(object: ObjectDefinition, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    throw InvalidFields.from(error, object) ?? error
  }
}
