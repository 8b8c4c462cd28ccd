import router from '@adonisjs/core/services/router'
import { addressFrom, attributeTypes, codeOf, freeName, readChoices, reserved, writeChoices } from '#core/attributes'
import { menuGroups } from '#core/modules'
import { InvalidFields, InvalidValue, objects, text, named } from '#core/objects'
import { type PlannedField, type TablePlan } from '../plan.js'
import { MOST_FIELDS, type Draft, type DraftField } from './draft.js'

/** Addresses that sections to come will want, beside those that are taken. */
const KEPT_FREE = [
  'api', 'docs', 'home', 'search', 'settings', 'calendar', 'reports', 'analytics', 'coupons', 'campaigns', 'scenarios', 'pixels',
  'products', 'documents', 'questionnaires', 'loyalty', 'wallets', 'bonuses', 'integrations', 'webhooks', 'health', 'metrics', 'static',
  'public', 'assets', 'vendor', 'img', 'css', 'js', 'admin', 'custom', 'new', 'create',
]

const LONGEST_NAME = 100

/** What the draft decides, or every error at its input. Throws `InvalidFields`. */
export function planOf(draft: Draft): TablePlan {
  const faults = new Faults()
  const taken = draft.fields.flatMap((field, place) => (field.taken ? [{ field, place }] : []))
  if (!taken.length) faults.at('fields', 'required')
  if (taken.length > MOST_FIELDS) faults.at('fields', 'tooManyFields', { max: MOST_FIELDS })

  const names = new Set<string>()
  const fields = taken.map(({ field, place }) => plannedField(field, place, names, faults))
  const titled = taken.findIndex(({ place }) => String(place) === draft.title)
  const plan: TablePlan = {
    many: faults.line('many', draft.many, true),
    one: faults.line('one', draft.one || draft.many),
    manyEn: faults.line('manyEn', draft.manyEn) || null,
    oneEn: faults.line('oneEn', draft.oneEn) || null,
    path: pathOf(draft, faults),
    menuGroup: menuGroups.find((group) => group === draft.menuGroup) ?? 'database',
    titleField: fields[titled]?.name ?? null,
    fields,
  }
  faults.throwAny()
  return plan
}

/** One field more, whose name is none of these; errors at the inputs of place 0. Throws `InvalidFields`. */
export function oneField(field: DraftField, names: Set<string>): PlannedField {
  const faults = new Faults()
  const planned = plannedField(field, 0, new Set(names), faults)
  faults.throwAny()
  return planned
}

function plannedField(field: DraftField, place: number, names: Set<string>, faults: Faults): PlannedField {
  const at = (part: string) => `f-${place}-${part}`
  const label = faults.line(at('label'), field.label, true)
  const name = freeName(codeOf(label || field.from, 'field'), (one) => names.has(one) || reserved(one))
  names.add(name)

  const [type, target] = field.type.split(':')
  if (!Object.hasOwn(attributeTypes, type) || (type === 'reference' && !(target && objects.has(target)))) faults.at(at('type'), 'fieldType')
  return {
    name,
    label,
    labelEn: faults.line(at('labelEn'), field.labelEn) || null,
    type,
    choices: type === 'choice' ? choicesOf(field.choices, at('choices'), faults) : null,
    target: type === 'reference' ? target : null,
    required: field.required,
    personal: field.personal,
    tellsApart: field.tellsApart && mayTellApart(type),
    from: field.from || null,
  }
}

/** A flag or a long text tells no rows apart. */
export const mayTellApart = (type: string) => ['text', 'integer'].includes(type)

function choicesOf(written: string, at: string, faults: Faults): string {
  try {
    return writeChoices(readChoices(written))
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error
    faults.add(at, error)
    return ''
  }
}

/** What the person chose, or what follows from the name. */
function pathOf(draft: Draft, faults: Faults): string {
  const path = draft.path || freeName(addressFrom(draft.many, 'table'), (one) => isTaken(one))
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(path) || path.endsWith('-')) faults.at('path', 'address')
  else if (isTaken(path)) faults.at('path', 'taken')
  return path
}

/** The first part of every address that leads somewhere already. */
function isTaken(path: string): boolean {
  const routes = Object.values(router.toJSON()).flat().map(({ pattern }) => pattern.split('/')[1])
  return KEPT_FREE.includes(path) || routes.includes(path) || Boolean(objects.addressed(path)) || objects.has(`custom_${path.replaceAll('-', '_')}`)
}

const line = named('', 'line', text({ max: LONGEST_NAME }))

class Faults {
  #errors: Record<string, InvalidValue> = {}

  add(name: string, error: InvalidValue) {
    this.#errors[name] ??= error
  }

  at(name: string, code: string, params?: Record<string, unknown>) {
    this.add(name, new InvalidValue(code, params))
  }

  /** One line of text as any field takes it. */
  line(name: string, written: string, required = false): string {
    if (!written) {
      if (required) this.at(name, 'required')
      return ''
    }
    try {
      return line.type.parse(written, line, undefined as never) as string
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error
      this.add(name, error)
      return ''
    }
  }

  throwAny() {
    if (Object.keys(this.#errors).length) throw new InvalidFields(this.#errors)
  }
}
