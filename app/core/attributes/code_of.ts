const LETTERS: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o', п: 'p',
  р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sch', ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
}

const LONGEST = 40

/** Latin words of what a person called a thing: "Год выпуска" is `god vypuska`. */
function wordsOf(label: string): string[] {
  const latin = [...label.toLowerCase().normalize('NFC')].map((letter) => LETTERS[letter] ?? letter).join('')
  return latin.normalize('NFKD').replace(/\p{M}/gu, '').split(/[^a-z0-9]+/).filter(Boolean)
}

/** A name for code: "Год выпуска" is `godVypuska`. `otherwise` stands where nothing is left. */
export function codeOf(label: string, otherwise: string): string {
  const [first = otherwise, ...rest] = wordsOf(label)
  const name = [first, ...rest.map((word) => word[0].toUpperCase() + word.slice(1))].join('')
  return (/^[a-z]/.test(name) ? name : otherwise + name).slice(0, LONGEST)
}

/** A name for an address: "Машины клиентов" is `mashiny-klientov`. */
export function addressFrom(label: string, otherwise: string): string {
  const address = wordsOf(label).join('-').slice(0, LONGEST).replace(/-$/, '')
  return /^[a-z]/.test(address) ? address : otherwise
}

/** The first of `name`, `name2`, `name3`... that is free. */
export function freeName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name
  for (let number = 2; ; number++) {
    const next = `${name.slice(0, LONGEST - String(number).length)}${number}`
    if (!taken(next)) return next
  }
}

/** Words that stand beside the fields of a row: in forms, and in the tables of an import. */
const RESERVED = ['id', 'createdAt', 'updatedAt', 'deletedAt', 'attributes', 'line', 'key', 'refused', 'faults', 'created', 'known', 'everyLine']

/** A name that no field may have; what every object of JavaScript answers to is among them. */
export const reserved = (name: string) => RESERVED.includes(name) || name in {}
