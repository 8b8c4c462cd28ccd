import { row, sql, type Transaction } from '#core/database'

const LONGEST = 36

/** A code made of a name: "Call centre" is `call_centre`, and where that is taken `call_centre_2`. */
export async function freeCode(name: string, trx: Transaction): Promise<string> {
  const stem = stemOf(name)
  for (let number = 1; ; number++) {
    const code = number === 1 ? stem : `${stem}_${number}`
    if (!(await row(sql`select 1 from roles where code = ${code}`, trx))) return code
  }
}

function stemOf(name: string) {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[_0-9]+|_+$/g, '')
  return plain.slice(0, LONGEST) || 'role'
}
