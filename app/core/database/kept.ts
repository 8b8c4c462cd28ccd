/** Answers that cost something, kept in memory by what was asked; of too many the oldest go. */
export class Kept<Answer> {
  #answers = new Map<string, { answer: Answer; until: number }>()

  constructor(readonly most: number) {}

  get(question: string): Answer | undefined {
    const found = this.#answers.get(question)
    return found && found.until > Date.now() ? found.answer : undefined
  }

  keep(question: string, answer: Answer, milliseconds: number): Answer {
    this.#answers.delete(question)
    if (this.#answers.size >= this.most) this.#answers.delete(this.#answers.keys().next().value!)
    this.#answers.set(question, { answer, until: Date.now() + milliseconds })
    return answer
  }

  /** Those whose question begins so. */
  forget(beginning = '') {
    for (const question of this.#answers.keys()) if (question.startsWith(beginning)) this.#answers.delete(question)
  }
}
