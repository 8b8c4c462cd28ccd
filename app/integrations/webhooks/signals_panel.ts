import { row, sql } from '#core/database'
import { worded, type Panel, type Reader } from '#core/objects'
import { signals } from '#core/signals'

/** On the card of a webhook: of which signals it is told, and the boxes to change it. */
export const signalsPanel: Panel = {
  name: 'signals',
  tab: 'signals',
  view: 'integrations::components/webhook_signals',
  load: async (id, reader) => {
    const chosen = await chosenSignals(id)
    return { groups: groupsOf(chosen, reader), isAnyChosen: chosen.length > 0 }
  },
}

export async function chosenSignals(id: number): Promise<string[]> {
  return (await row<{ signals: string[] }>(sql`select signals from webhooks where id = ${id}`))?.signals ?? []
}

interface Box {
  name: string
  label: string
  ticked: boolean
}

/** All signals by what they are about: the word before the point. */
function groupsOf(ticked: string[], reader: Reader): Box[][] {
  const groups = new Map<string, Box[]>()
  for (const { name } of signals.all()) {
    const [about] = name.split('.')
    const box = { name, label: worded(reader, `signals.${name}`) ?? name, ticked: ticked.includes(name) }
    groups.set(about, [...(groups.get(about) ?? []), box])
  }
  return [...groups.values()]
}
