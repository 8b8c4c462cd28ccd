import { Template, type Edge } from 'edge.js'

/**
 * Templates of a running product stay what and where they are, so each is compiled once, its path is put together once and the folders of
 * components are read once. Edge by itself lists these folders anew for every request, which was a third of what a small page costs, and
 * compiles what is included anew at every place.
 */
export function settleTemplates(edge: Edge) {
  edge.configure({ cache: true })
  const { loader } = edge
  const paths = new Map<string, string>()
  const makePath = loader.makePath.bind(loader)
  const listComponents = loader.listComponents.bind(loader)
  let components: ReturnType<typeof listComponents> | undefined

  loader.makePath = (name) => {
    const path = paths.get(name) ?? makePath(name)
    paths.set(name, path)
    return path
  }
  loader.listComponents = () => (components ??= listComponents())
  settlePartials()
}

/** What is included sees the variables of its place, so it is kept by their names too. */
function settlePartials() {
  const partials = new Map<string, ReturnType<Template['compilePartial']>>()
  const compilePartial = Template.prototype.compilePartial
  Template.prototype.compilePartial = function (this: Template, path, ...variables) {
    const key = [path, ...variables].join(' ')
    const partial = partials.get(key) ?? compilePartial.call(this, path, ...variables)
    partials.set(key, partial)
    return partial
  }
}
