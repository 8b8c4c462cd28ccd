import { type Reader, type Right } from '#core/objects'

/** A step of a way that is told on a card: its words are `<object>.steps.<name>.title`, `.<state>` and `.button`. */
export interface Step {
  name: string
  state: string
  done: boolean
  /** Where it is done, by those who have the right. */
  href?: string
  needs?: [right: Right, object: string]
  /** What the sentence of the state names. */
  values?: Record<string, string>
  attributes?: Record<string, string>
}

/** In words; the first one that is not done is the next one. */
export function inOrder(object: string, steps: Step[], { t }: Reader) {
  const next = steps.find(({ done }) => !done)
  return steps.map((step) => {
    const words = `${object}.steps.${step.name}`
    return { ...step, title: t(`${words}.title`), text: t(`${words}.${step.state}`, step.values), button: t(`${words}.button`), next: step === next }
  })
}
