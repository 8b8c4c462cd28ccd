import { appUrl } from '#config/app'
import { find, objects, type Panel, type Reader, type Values } from '#core/objects'
import { inOrder, type Step } from '../in_order.js'

/** On the card of a source: what it still lacks before somebody can call it, and a first call to paste. */
export const callsPanel: Panel = { name: 'calls', tab: 'calls', view: 'campaigns::components/source_calls', load: callsOf }

async function callsOf(id: number, reader: Reader) {
  const source = (await find(objects.get('source'), id, reader, ['code', 'active', 'frontEnd', 'sites', 'key', 'campaign']))!
  return {
    active: source.active,
    steps: inOrder('source', stepsOf(source), reader),
    keyed: !source.frontEnd,
    command: firstCall(source),
    docs: `/api/docs?source=${encodeURIComponent(String(source.code))}`,
  }
}

/** Each in its order. */
function stepsOf({ id, key, frontEnd, sites, campaign }: Values): Step[] {
  const needs: Step['needs'] = ['edit', 'source']
  const edit = `/sources/${id}/edit`
  return [
    { name: 'caller', state: frontEnd ? 'open' : key ? 'key' : 'nobody', done: Boolean(frontEnd || key), href: `/sources/${id}/key`, needs },
    ...(frontEnd ? [{ name: 'sites', state: sites ? 'named' : 'none', done: Boolean(sites), href: edit, needs }] : []),
    { name: 'campaign', state: campaign ? 'chosen' : 'none', done: Boolean(campaign), href: edit, needs },
  ]
}

/** It asks for nothing and changes nothing, and is refused where the source or its key is wrong. */
function firstCall({ code, frontEnd }: Values) {
  const proof = frontEnd ? [] : [`-H "X-Source-Key: $SOURCE_KEY"`]
  return [`curl -X POST ${appUrl}/api/v1/${code}/source/info`, ...proof].join(' \\\n  ')
}
