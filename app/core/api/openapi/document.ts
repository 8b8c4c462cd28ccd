import { appUrl } from '#config/app'
import { methods, type Schema } from '#core/methods'
import { worded, type ObjectDefinition, type Reader } from '#core/objects'
import { settings } from '#core/settings'
import { methodPath } from './method_path.js'
import { objectPaths, objectSchemas } from './object_paths.js'
import { commonParts } from './common_parts.js'
import { writtenSchemas } from './row_answers.js'
import { filterSchemas } from './filter_schemas.js'
import { type Paths } from './operation.js'
import { systemPaths } from './system_paths.js'

export interface Document {
  openapi: '3.1.0'
  info: object
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Paths
  components: ReturnType<typeof commonParts> & { schemas: Record<string, Schema> }
}

/** All that other systems may call, from the declarations themselves; of objects, these. */
export function documentOf(objects: ObjectDefinition[], reader: Reader): Document {
  const paths: Paths = {
    ...Object.fromEntries(methods.all().map((method) => methodPath(method, reader))),
    ...systemPaths(reader),
    ...Object.assign({}, ...objects.map((object) => objectPaths(object, reader))),
  }
  const common = usedParts(commonParts(reader), paths)
  return {
    openapi: '3.1.0',
    info: {
      title: reader.t('api.title', { company: settings().companyName }),
      version: '1',
      description: reader.t('api.description'),
      license: { name: 'AGPL-3.0-only', identifier: 'AGPL-3.0-only' },
    },
    servers: [{ url: appUrl }],
    tags: tagsOf(paths, reader),
    paths,
    components: { ...common, schemas: { ...common.schemas, ...(objects.length && { ...filterSchemas(reader), ...writtenSchemas(reader) }), ...Object.assign({}, ...objects.map((object) => objectSchemas(object, reader))) } },
  }
}

/** Without what nothing refers to, which linters take for a slip. */
function usedParts(parts: ReturnType<typeof commonParts>, paths: Paths): ReturnType<typeof commonParts> {
  const told = JSON.stringify(paths)
  const among = <Part>(all: Record<string, Part>, isUsed: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => isUsed(name))) as Record<string, Part>
  return {
    ...parts,
    parameters: among(parts.parameters, (name) => told.includes(`#/components/parameters/${name}"`)) as typeof parts.parameters,
    securitySchemes: among(parts.securitySchemes, (name) => told.includes(`{"${name}":[]}`)) as typeof parts.securitySchemes,
  }
}

function tagsOf(paths: Paths, reader: Reader) {
  const used = Object.values(paths).flatMap((operations) => Object.values(operations).flatMap(({ tags }) => tags))
  return [...new Set(used)].map((name) => ({ name, description: tagWords(name, reader) }))
}

/** What a group of operations is about; one that nobody has named is called as its methods begin. */
export function tagWords(name: string, reader: Reader) {
  return worded(reader, `api.tags.${name}`) ?? name
}
