import { labelOf, objects, type Field, type Reader } from '#core/objects'
import { reachable } from './told_values.js'
import { letterMacros, referringMacros, userMacros } from './vocabulary.js'

interface Offered {
  /** What the picker puts into the mail. */
  code: string
  label: string
}

/** What the picker offers, in groups: the names of F58 first, then the customer, their further fields, and what those lead to. */
export function macroList(reader: Reader): { label: string; macros: Offered[] }[] {
  const groups = { letter: ofLetter(reader), user: ofUser(reader), further: ofFurther(reader), behind: ofBehind(reader) }
  return Object.entries(groups)
    .filter(([, macros]) => macros.length)
    .map(([name, macros]) => ({ label: reader.t(`communication.macroGroups.${name}`), macros }))
}

function ofLetter({ t }: Reader): Offered[] {
  const short = Object.keys(letterMacros).filter((name) => !['Token', 'UnsubscribeLink'].includes(name))
  return [
    ...[...short, 'Link'].map((name) => ({ code: `{${name}}`, label: t(`communication.macros.${name}`) })),
    { code: '{{ UnsubscribeLink }}', label: t('communication.macros.UnsubscribeLink') },
  ]
}

function ofUser({ t }: Reader): Offered[] {
  const names = Object.keys(userMacros).filter((name) => name !== 'Attributes')
  return names.map((name) => ({ code: `{{ User.${name} }}`, label: t(`communication.macros.User.${name}`) }))
}

const further = () => [...objects.get('user').fields.values()].filter(({ attribute }) => attribute)

function ofFurther(reader: Reader): Offered[] {
  return further().map((field) => ({ code: `{{ User.Attributes.${field.name} }}`, label: labelOf(field, reader) }))
}

/** Of a reference book what an administrator added: its name is there already. */
function ofBehind(reader: Reader): Offered[] {
  const own = further().filter(({ to }) => to).flatMap((field) => behind(`User.Attributes.${field.name}`, field, reader))
  const books = Object.entries(referringMacros).flatMap(([macro, name]) => {
    const field = objects.field(objects.get('user'), name)
    return behind(`User.${macro}`, field, reader, ({ attribute }) => Boolean(attribute))
  })
  return [...own, ...books]
}

function behind(path: string, reference: Field, reader: Reader, wanted: (field: Field) => boolean = () => true): Offered[] {
  const to = objects.get(reference.to!)
  if (!reader.reads(to.name)) return []
  return reachable(to)
    .filter(wanted)
    .map((field) => ({ code: `{{ ${path}.${field.name} }}`, label: `${labelOf(reference, reader)}: ${labelOf(field, reader)}` }))
}
