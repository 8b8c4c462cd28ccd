import { objects } from '#core/objects'
import { type Attention, type FirstStep, type HomePart, type Widget } from './widget.js'

/** What all sections bring to the start page, in their order. */
export const widgets: Widget[] = []
export const attentions: Attention[] = []
export const firstSteps: FirstStep[] = []

export function addToHome(part: HomePart) {
  widgets.push(...(part.widgets ?? []))
  widgets.sort((left, right) => left.order - right.order)
  attentions.push(...(part.attention ?? []))
  firstSteps.push(...(part.steps ?? []))
}

/** A widget of an object that nobody has would be shown to nobody, and nobody would know. */
export function checkHome() {
  for (const { object } of [...widgets, ...attentions, ...firstSteps]) if (object) objects.get(object)
}
