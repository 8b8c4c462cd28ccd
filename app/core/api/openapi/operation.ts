import { type Schema } from '#core/methods'

/** An operation of OpenAPI 3.1, as far as anything here looks into it. */
export interface Operation {
  operationId: string
  summary: string
  description?: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters?: object[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema; example?: unknown }> }
  responses: Record<string, Answer>
  /** Codes of problems that it may answer beside those of every call, with their status. */
  'x-refusals'?: Readonly<Record<string, number>>
  'x-caller'?: string
  /** Of which object, where it is about records. */
  'x-object'?: string
}

export interface Answer {
  $ref?: string
  description?: string
  content?: Record<string, { schema: Schema; example?: unknown }>
}

export type Paths = Record<string, Record<string, Operation>>
