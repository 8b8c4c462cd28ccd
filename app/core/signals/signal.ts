/** Types of a payload's fields; scenarios offer them as context (F118). */
export type PayloadType = 'text' | 'number' | 'money' | 'datetime' | 'flag' | 'reference'

export interface Signal {
  /** `receipt.added`; label `signals.<name>`. */
  name: string
  payload: Record<string, PayloadType>
}
