import { attributes } from './attributes.ts'
import { fileOf, type Files } from './files.ts'
import { type Figures } from './figures.ts'
import { type Product } from './product.ts'
import { type Tables } from './oracle_of_tables.ts'
import { countFiles } from './oracle_of_files.ts'

interface Load {
  what: string
  object: string
  file: 'products' | 'demographics' | 'transactions_sample'
  match: string
  map: string[]
  created: (counted: Counted) => number
  refused?: (counted: Counted) => number
}

type Counted = ReturnType<typeof countFiles>

const YES = '{{ 1 }}'
const CATEGORY = '{% if product_category != "" %}{{ department }}/{{ product_category }}{% endif %}'
/** Every thirteenth household never confirmed its address. */
const CONFIRMED = '{% assign rest = household_id | modulo: 13 %}{% if rest == 0 %}0{% else %}1{% endif %}'

const household = [
  'externalId=household_id',
  'givenName=Household {{ household_id }}',
  'email=hh{{ household_id }}@example.com',
  `emailConfirmed=${CONFIRMED}`,
  `personalDataAgree=${YES}`,
  `communicationAgree=${YES}`,
  'locale={{ "en" }}',
]

/** From the departments down to the lines: what is pointed at comes first. */
const loads: Load[] = [
  {
    what: 'departments',
    object: 'category',
    file: 'products',
    match: 'code',
    map: ['code=department', 'name=department'],
    created: ({ departments }) => departments,
  },
  {
    what: 'product categories',
    object: 'category',
    file: 'products',
    match: 'code',
    map: [`code=${CATEGORY}`, 'name=product_category', 'parent:code=department'],
    created: ({ categories }) => categories,
    refused: ({ withoutCategory }) => withoutCategory,
  },
  {
    what: 'goods',
    object: 'good',
    file: 'products',
    match: 'code',
    map: [
      'code=product_id',
      'name={% if product_type != "" %}{{ product_type }}{% else %}{{ department }} {{ product_id }}{% endif %}',
      'category:code={% if product_category != "" %}{{ department }}/{{ product_category }}{% else %}{{ department }}{% endif %}',
      'brand=brand',
      'manufacturer=manufacturer_id',
      'packageSize=package_size',
    ],
    created: ({ goods }) => goods,
  },
  {
    what: 'outlets',
    object: 'outlet',
    file: 'transactions_sample',
    match: 'code',
    map: ['code=store_id', 'name=Store {{ store_id }}'],
    created: ({ outlets }) => outlets,
  },
  {
    what: 'users who told about themselves',
    object: 'user',
    file: 'demographics',
    match: 'externalId',
    map: [...household, ...Object.entries(attributes).map(([name, { column }]) => `${name}=${column}`)],
    created: ({ described }) => described,
  },
  {
    what: 'users known by their purchases',
    object: 'user',
    file: 'transactions_sample',
    match: 'externalId',
    map: household,
    created: ({ users, described }) => users - described,
  },
  {
    what: 'receipts',
    object: 'receipt',
    file: 'transactions_sample',
    match: 'user+number',
    map: [
      'number=basket_id',
      'user:externalId=household_id',
      'issuedAt=transaction_timestamp',
      'outlet:code=store_id',
      'source={{ "till" }}',
    ],
    created: ({ receipts }) => receipts,
  },
  {
    what: 'lines',
    object: 'receipt_line',
    file: 'transactions_sample',
    match: 'receipt+code',
    map: [
      'receipt:number=basket_id',
      'user:externalId=household_id',
      'code=product_id',
      'good:code?=product_id',
      'quantity=quantity',
      /** One of the amounts is 4.440892e-16. */
      'amount={{ sales_value | round: 2 }}',
      'discount={{ retail_disc | round: 2 }}',
    ],
    created: ({ lines }) => lines,
  },
]

interface Outcome {
  import: number
  created: number
  updated: number
  unchanged: number
  rejected: number
  lines: number
  seconds: number
}

/** Brings the files in by the command line, and compares what is there with what the files say. */
export async function load(product: Product, files: Files, tables: Tables, figures: Figures) {
  const counted = countFiles(files)
  const rowsOf = { products: counted.goods, demographics: counted.described, transactions_sample: counted.lines }

  for (const one of loads) {
    figures.stage(`Import of ${one.what}`)
    const outcome = await importFile(product, fileOf(files.folder, one.file), one)
    figures.check('lines read', outcome.lines, rowsOf[one.file])
    figures.check('refused', outcome.rejected, one.refused?.(counted) ?? 0)
    figures.check('created', outcome.created, one.created(counted))
    figures.check('created, updated or as they were', taken(outcome), rowsOf[one.file] - outcome.rejected)
    figures.note('seconds', outcome.seconds)
    await tellRefusals(outcome, one.refused?.(counted) ?? 0, tables)
  }
  await compare(counted, tables, figures)
}

/** By the command line, as a nightly exchange would. */
export async function importFile(product: Product, file: string, { object, match, map }: Pick<Load, 'object' | 'match' | 'map'>) {
  const maps = map.flatMap((one) => ['--map', one])
  return JSON.parse(await product.command('import', object, file, ...maps, '--match', match)) as Outcome
}

async function tellRefusals(outcome: Outcome, expected: number, tables: Tables) {
  if (outcome.rejected === expected) return
  const refusals = await tables.all('select line, reasons from import_rejects where import_id = $1 order by line limit 5', [
    outcome.import,
  ])
  for (const { line, reasons } of refusals) console.log(`  line ${line}: ${JSON.stringify(reasons)}`)
}

const taken = ({ created, updated, unchanged }: Outcome) => created + updated + unchanged

async function compare(counted: Counted, tables: Tables, figures: Figures) {
  figures.stage('What is in the database')
  const found = await tables.counts()
  figures.check('departments', found.departments, counted.departments)
  figures.check('product categories', found.categories, counted.categories)
  figures.check('goods', found.goods, counted.goods)
  figures.check('outlets', found.outlets, counted.outlets)
  figures.check('users', found.users, counted.users)
  figures.check('active mail addresses', found.emails, counted.users)
  figures.check('receipts', found.receipts, counted.receipts)
  figures.check('lines', found.lines, counted.lines)
  figures.check('lines of goods outside the catalogue', found.strangeLines, counted.strangeLines)
  figures.check('goods outside the catalogue', found.strangeGoods, counted.strangeGoods)
  figures.check('lines of somebody else than their receipt', found.strays, 0)
  figures.check('turnover by lines, in cents', found.turnover, counted.turnover)
  figures.check('turnover by receipts, in cents', found.turnoverOfReceipts, counted.turnover)
  figures.check('turnover by users, in cents', found.turnoverOfUsers, counted.turnover)
}
