import { may, type Staff } from '#core/access'
import { identifier, join, row, sql } from '#core/database'
import { existing, objects, type Reader } from '#core/objects'
import { firstSteps } from './registry.js'

/** What a new company does first, while any of it is still to be done; nothing afterwards. */
export async function stepsFor(staff: Staff, { t }: Reader) {
  const steps = firstSteps.filter(({ object }) => may(staff, 'create', object))
  if (!steps.length) return []
  const done = steps.map(({ object: name }, index) => {
    const object = objects.get(name)
    const alias = identifier('t')
    return sql`exists (select 1 from ${identifier(object.table)} ${alias} where ${existing(object)}) as ${identifier(`step_${index}`)}`
  })
  const found = (await row<Record<string, boolean>>(sql`select ${join(done)}`))!
  const drawn = steps.map(({ name, href }, index) => ({
    title: t(`steps.${name}.title`), text: t(`steps.${name}.text`), button: t(`steps.${name}.button`), href, done: found[`step_${index}`],
  }))
  if (drawn.every((step) => step.done)) return []
  const next = drawn.findIndex((step) => !step.done)
  return drawn.map((step, index) => ({ ...step, next: index === next }))
}
