import { test } from '@japa/runner'
import { basename, join, relative } from 'node:path'
import i18n from '@adonisjs/i18n/services/main'
import { jobs } from '#core/jobs'
import { methods, type Method } from '#core/methods'
import { menu, menuGroups } from '#core/modules'
import { fieldTypes, objects, type Field, type ObjectDefinition } from '#core/objects'
import { signals } from '#core/signals'
import { modules } from '#start/modules'
import { cycles, files, importsOf, partOf, read, resolved } from './support/source.js'

/** The parts of the ground: each knows only those before it. */
const ground = [
  'database', 'audit', 'objects', 'secrets', 'settings', 'filters', 'history', 'files', 'personal', 'signals', 'jobs', 'attributes', 'mail', 'http', 'access', 'outbound', 'methods', 'books', 'home', 'runs', 'imports',
  'exports', 'bulk', 'modules', 'health', 'roles', 'search', 'screens', 'api', 'tables', 'commands',
]

const sections = modules.map(({ name }) => name).filter((name) => !ground.includes(name))
const sources = files('app/**/*.ts')
const templates = files('app/**/*.edge', 'resources/views/**/*.edge')

/** A manifest of the ground, the controllers that it hands to the router and the pages around them stand above all parts. */
const isManifest = (file: string) => /^app\/core\/\w+\/(module|routes|pages\/\w+|(\w+\/)*\w+_controller)\.ts$/.test(file)

test.group('Order', () => {
  test('a section knows itself, the ground and the sections above it in start/modules.ts', ({ assert }) => {
    const wrong = edges().filter(({ from, to }) => {
      const here = partOf(from)
      const there = partOf(to)
      if (!here.section || !there.section || here.section === there.section) return false
      return sections.indexOf(there.section) > sections.indexOf(here.section)
    })
    assert.deepEqual(wrong.map(shown), [])
  })

  test('every section is in start/modules.ts', ({ assert }) => {
    const folders = [...new Set(sources.map((file) => partOf(file).section).filter(Boolean))] as string[]
    assert.deepEqual(folders.sort(), [...sections].sort())
  })

  test('the ground knows no section, and its own parts from below', ({ assert }) => {
    const wrong = edges().filter(({ from, to }) => {
      const here = partOf(from)
      const there = partOf(to)
      if (!here.ground || isManifest(from)) return false
      return there.section || (there.ground && ground.indexOf(there.ground) > ground.indexOf(here.ground))
    })
    assert.deepEqual(wrong.map(shown), [])
    const unknown = sources.map((file) => partOf(file).ground).filter((part) => part && !ground.includes(part))
    assert.deepEqual([...new Set(unknown)], [], 'name its place in `ground`')
  })

  test('no file imports itself by a detour, not even a type', ({ assert }) => {
    const graph = new Map(sources.map((file) => [file, edgesOf(file).map(({ to }) => to)]))
    assert.deepEqual(cycles(graph), [])
  })
})

test.group('Doors', () => {
  test('other parts are entered by their door', ({ assert }) => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((name) => /^#(core|app)\/[^/]+\//.test(name))
        .map((name) => `${file} -> ${name}`)
    )
    assert.deepEqual(wrong, [])
  })

  test('`../` does not leave a section or a part of the ground', ({ assert }) => {
    const leaves = (file: string, name: string) => {
      const { ground: part, section } = partOf(file)
      const home = part ? `app/core/${part}` : `app/${section}`
      return name.startsWith('..') && relative(home, join(file, '..', name)).startsWith('..')
    }
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((name) => leaves(file, name))
        .map((name) => `${file} -> ${name}`)
    )
    assert.deepEqual(wrong, [])
  })

  test('every import leads to a file', ({ assert }) => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((name) => /^(\.|#)/.test(name) && !resolved(file, name))
        .map((name) => `${file} -> ${name}`)
    )
    assert.deepEqual(wrong, [])
  })
})

test.group('What is handed out', () => {
  const everywhere = files('{app,bin,config,database,start,tests}/**/*.ts', 'resources/js/*.js')

  test('a door opens to what somebody outside asks for', ({ assert }) => {
    const said = new Map<string, Set<string>>()
    for (const file of everywhere) {
      for (const door of new Set(importsOf(file).map((name) => resolved(file, name)))) {
        if (door && basename(door) === 'index.ts') said.set(door, new Set([...(said.get(door) ?? []), ...wordsIn(file)]))
      }
    }
    const idle = [...said].flatMap(([door, words]) => namesOfDoor(door).filter((name) => !words.has(name)).map((name) => `${door}: ${name}`))
    assert.deepEqual(idle, [])
  })

  /** What the command line looks for by these names. */
  const askedByAce = ['app/communication/commands.ts']

  test('what a file exports, another one asks for', ({ assert }) => {
    const holders = new Map<string, number>()
    for (const file of everywhere) for (const word of wordsIn(file)) holders.set(word, (holders.get(word) ?? 0) + 1)
    const idle = sources
      .filter((file) => !askedByAce.includes(file))
      .flatMap((file) => exportsOf(file).filter((name) => holders.get(name) === 1).map((name) => `${file}: ${name}`))
    assert.deepEqual(idle, [])
  })
})

test.group('One place', () => {
  test('{what} has one place')
    .with([
      { what: 'the secret that signs messages', pattern: /whsec_/, place: 'app/core/secrets/' },
      { what: 'the change of a secret for another', pattern: /\bformer_\w+ = /, place: 'app/core/secrets/' },
      { what: 'the table of what was counted', pattern: /\brate_limits\b/, place: 'app/core/access/tally.ts' },
      { what: 'the way by which a call said something', pattern: /\bsourceId: source\.id, method\b/, place: 'app/users/consents/said_by.ts' },
      { what: 'the guard of pages for people outside', pattern: /default-src 'none'; style-src 'self'/, place: 'app/core/http/outside.ts' },
    ])
    .run(({ assert }, { pattern, place }) => {
      const elsewhere = sources.filter((file) => !file.startsWith(place) && pattern.test(read(file)))
      assert.deepEqual(elsewhere, [])
    })
})

test.group('Names', () => {
  test('files are in snake_case', ({ assert }) => {
    const names = [...sources, ...templates].filter((file) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*\.(ts|edge)$/.test(basename(file)))
    assert.deepEqual(names, [])
  })

  test('no file is a drawer', ({ assert }) => {
    const drawers = /(^|_)(utils?|helpers?|services?|managers?|common|misc)\.ts$|^(types|interfaces|constants)\.ts$/
    /** The table of field types: types are its subject. */
    const meant = ['app/core/objects/fields/types.ts']
    assert.deepEqual(
      sources.filter((file) => drawers.test(basename(file)) && !meant.includes(file)),
      []
    )
  })
})

test.group('Documents', () => {
  test('README names every variable of the environment', ({ assert }) => {
    const variables = all(read('start/env.ts'), /^ {2}([A-Z_]+): Env/gm)
    const written = read('README.md')
    assert.deepEqual(variables.filter((name) => !written.includes(`\`${name}\``) && !written.includes(`\`${name}=`)), [])
  })

  test('the map names every section and every part of the ground', ({ assert }) => {
    const map = read('app/README.md')
    assert.deepEqual([...ground, ...sections].filter((name) => !new RegExp(`^ *${name}/`, 'm').test(map)), [])
  })
})

test.group('Templates', () => {
  test('hold no script and no handler of their own', ({ assert }) => {
    const inline = /<script(?![^>]*\bsrc=)|\son[a-z]+\s*=|javascript:|\bhx-on\b/i
    assert.deepEqual(
      templates.filter((file) => inline.test(read(file))),
      []
    )
  })

  test('a tag stands on a line of its own: beside anything else it is printed as it is', ({ assert }) => {
    const printed = (line: string) => /^\s*(?!\{\{--)[^@\s].*@(!?[a-zA-Z.]+\(|else\b|end\b)/.test(line)
    const wrong = templates.flatMap((file) => read(file).split('\n').filter(printed).map((line) => `${file}: ${line.trim()}`))
    assert.deepEqual(wrong, [])
  })

  test('every group of the menu and every icon that is named has its picture, and no picture is drawn twice', ({ assert }) => {
    const drawn = [...read('resources/img/icons.svg').matchAll(/<symbol id="([a-z-]+)"/g)].map(([, name]) => name)
    const named = [...sources, ...templates].flatMap((file) => [...read(file).matchAll(/(?:\bicon: |\bsvg\()'([a-z-]+)'/g)].map(([, name]) => name))
    assert.deepEqual([...menuGroups, ...named].filter((name) => !drawn.includes(name)), [])
    assert.deepEqual(drawn.filter((name, index) => drawn.indexOf(name) !== index), [])
  })

  /** A file of one's own data is read without the product, so it brings its looks along. */
  const carriedAway = ['app/users/views/person_file.edge']

  test('hold no style, which the policy of the pages refuses', ({ assert }) => {
    assert.deepEqual(
      templates.filter((file) => !carriedAway.includes(file) && /<style|\sstyle\s*=/i.test(read(file))),
      []
    )
  })
})

test.group('Words', () => {
  const languages = ['ru', 'en'] as const
  const folders = files('app/**/lang/ru.json', 'app/**/lang/en.json').map((file) => join(file, '..'))

  test('both languages have the same keys in {$self}')
    .with([...new Set(folders)])
    .run(({ assert }, folder) => {
      const [ru, en] = languages.map((language) => keysOf(JSON.parse(read(`${folder}/${language}.json`))))
      assert.deepEqual(ru.sort(), en.sort())
    })

  test('no key is written in two files', ({ assert }) => {
    const homes = new Map<string, string[]>()
    for (const folder of new Set(folders)) {
      for (const key of keysOf(JSON.parse(read(`${folder}/en.json`)))) homes.set(key, [...(homes.get(key) ?? []), folder])
    }
    const twice = [...homes].filter(([, at]) => at.length > 1).map(([key, at]) => `${key}: ${at.join(', ')}`)
    assert.deepEqual(twice, [])
  })

  test('X-05 everything declared has its words in {$self}')
    .with([...languages])
    .run(({ assert }, language) => assert.deepEqual(missing(declaredKeys(), language), []))

  test('X-05 every key that code and templates name has its words in {$self}')
    .with([...languages])
    .run(({ assert }, language) => assert.deepEqual(missing(namedKeys(), language), []))
})

interface Edge {
  from: string
  to: string
}

const shown = ({ from, to }: Edge) => `${from} -> ${to}`
const edges = () => sources.flatMap(edgesOf)

function edgesOf(file: string): Edge[] {
  return importsOf(file).flatMap((name) => {
    const to = resolved(file, name)
    return to?.startsWith('app/') ? [{ from: file, to }] : []
  })
}

const wordsIn = (file: string) => new Set(read(file).match(/[\w$]+/g))

const exportsOf = (file: string) => all(read(file), /^export (?:async )?(?:const|function|class|interface|type) (\w+)/gm)

const namesOfDoor = (door: string) =>
  all(read(door), /^export \{([^}]*)\}/gm).flatMap((names) => names.split(',').map((name) => name.trim().replace(/^type /, ''))).filter(Boolean)

function keysOf(words: object, prefix = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value as object, `${prefix}${key}.`)
  )
}

function missing(keys: string[][], language: string) {
  const known = i18n.getTranslationsFor(language)
  return keys.filter((choices) => !choices.some((key) => key in known)).map((choices) => choices.join(' or '))
}

/** Each as the keys of which one must exist. */
function declaredKeys(): string[][] {
  return [
    ...objects.all().flatMap(keysOfObject),
    ...menu.map(({ name }) => [`menu.${name}`]),
    ...menuGroups.map((group) => [`menu.${group}`]),
    ...jobs.all().map(({ name }) => [`jobs.names.${name}`]),
    ...signals.all().map(({ name }) => [`signals.${name}`]),
    ...methods.all().flatMap(keysOfMethod),
  ]
}

function keysOfObject(object: ObjectDefinition): string[][] {
  const { name } = object
  return [
    [`${name}.one`],
    [`${name}.many`],
    ...(object.path ? [[`${name}.empty`]] : []),
    ...[...object.fields.values()].flatMap(keysOfField),
    ...objects.relations(object).map((relation) => [`${name}.relations.${relation.name}`]),
    ...object.tabs.map((tab) => [`${name}.tabs.${tab}`]),
    ...object.panels.map((panel) => [`${name}.panels.${panel.name}`]),
    ...object.buttons.map((button) => [`${name}.buttons.${button.name}`]),
    ...(object.actions ?? []).map((action) => [`${name}.actions.${action}`]),
    ...(object.bulk ?? []).map((action) => [`${name}.bulk.${action.name}`]),
    ...object.buttons.filter(({ confirm }) => confirm).map((button) => [`${name}.confirm.${button.name}`]),
  ]
}

/** Its name is that of its signal; fields are held to their words with the document (`document.spec.ts`). */
function keysOfMethod({ name, refusals }: Method): string[][] {
  const [group] = name.split('/')
  return [`methods.${name.replaceAll('/', '.')}`, `api.tags.${group}`, ...Object.keys(refusals).map((code) => `refusals.${code}`)].map((key) => [key])
}

function keysOfField(field: Field): string[][] {
  const label = [`${field.object}.fields.${field.name}`, `core.fields.${field.name}`]
  /** A type of its own brings its words along, and so does a choice that names its values itself. */
  const values = fieldTypes.includes(field.type) && !field.named ? field.values : []
  const choices = (values ?? []).map((value) => [`${field.object}.choices.${field.name}.${value}`, `${value}.many`])
  return [label, ...choices]
}

/** Keys that stand in full in a call, and the codes of refusals. */
function namedKeys(): string[][] {
  const calls = [...sources, ...templates].flatMap((file) => all(read(file), /\bt\('([\w.]+\w)'/g))
  const refused = sources.flatMap((file) => [
    ...all(read(file), /new InvalidValue\('(\w+)'/g),
    ...all(read(file), /InvalidFields\.at\([^,()]+, '(\w+)'/g),
  ])
  const rules = sources
    .filter((file) => read(file).includes('extends DomainError'))
    .flatMap((file) => all(read(file), /\bcode = '(\w+)'/g))
  return [
    ...calls.map((key) => [key]),
    ...refused.map((code) => [`validator.${code}`]),
    ...rules.map((code) => [`refusals.${code}`]),
  ]
}

function all(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found]) => found))]
}
