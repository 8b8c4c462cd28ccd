import { execute, sql, type Transaction } from '#core/database'
import { shelves } from './assortment.js'
import { outlets } from './outlets.js'
import { stage } from './stage.js'

/** A second brand of the same article costs a little more. */
const STEP_OF_BRAND = 1.12

const departments = [...new Set(shelves.map(({ department }) => department))].map((name, index) => {
  return { code: twoDigits(index + 1), name, parent: null as string | null }
})

const categories = shelves.map(({ department, category }, index) => {
  const { code } = departments.find(({ name }) => name === department)!
  return { code: `${code}-${twoDigits(index + 1)}`, name: category, parent: code }
})

/** In the order of the shelves; `price` in minor units. */
export const goods = shelves.flatMap(({ brands, articles }, index) =>
  articles.flatMap(([name, size, roubles], place) =>
    brands.map((brand, rank) => ({
      code: `${2_000_000 + (index + 1) * 1_000 + place * 10 + rank}`,
      name: `${name} «${brand}», ${size}`,
      category: categories[index].code,
      brand,
      package_size: size,
      price: Math.round(roubles * STEP_OF_BRAND ** rank) * 100 - 1,
    }))
  )
)

export type Good = (typeof goods)[number]

export async function loadCatalog(trx: Transaction) {
  const nodes = stage([...departments, ...categories], { code: 'text', name: 'text', parent: 'text' })
  await execute(sql`insert into categories (code, name) select s.code, s.name from ${nodes}`, trx)
  await execute(
    sql`update categories c set parent_id = p.id
      from ${nodes} join categories p on p.code = s.parent where c.code = s.code`,
    trx
  )
  await execute(
    sql`insert into goods (code, name, category_id, brand, package_size, price)
      select s.code, s.name, c.id, s.brand, s.package_size, s.price
      from ${stage(goods, { code: 'text', name: 'text', category: 'text', brand: 'text', package_size: 'text', price: 'bigint' })}
      join categories c on c.code = s.category order by s.code`,
    trx
  )
  await execute(
    sql`insert into outlets (code, name, region, city, address, online)
      select s.code, s.name, s.region, s.city, s.address, s.online
      from ${stage(outlets, { code: 'text', name: 'text', region: 'text', city: 'text', address: 'text', online: 'boolean' })}`,
    trx
  )
}

function twoDigits(number: number) {
  return String(number).padStart(2, '0')
}
