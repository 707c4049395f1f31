/** Fields of one row; times in ISO 8601, none = null. */
export type Details = Record<string, unknown>

/** The named fields; null where there is none, as in the database. */
export const fieldsOf = (details: Details, names: readonly string[]): Details =>
  Object.fromEntries(names.map((name) => [name, details[name] ?? null]))

/** What the events yield so far. */
export class Rebuilt {
  readonly state = new Map<string, Details>()
  /**
   * Keys, or beginnings of keys up to their last slash, of which events lost their details, because a person was erased: of these
   * nobody can say any more what they set.
   */
  readonly erased = new Set<string>()

  set(key: string, value: Details): void {
    this.state.set(key, value)
    this.erased.delete(key)
  }

  /** Changes some fields; nothing where the whole is not known. */
  change(key: string, fields: Details): void {
    const before = this.state.get(key)
    if (before !== undefined) this.state.set(key, { ...before, ...fields })
  }

  /** Keys that begin so and fulfil something. */
  keys(beginning: string, fulfils: (value: Details) => boolean): string[] {
    return [...this.state].filter(([key, value]) => key.startsWith(beginning) && fulfils(value)).map(([key]) => key)
  }

  /** What a row says now is not known any more. */
  lose(key: string): void {
    this.erased.add(key)
    this.state.delete(key)
  }

  /** Something was added under a beginning, nobody knows what; what was there before stays as it was. */
  loseAddition(beginning: string): void {
    this.erased.add(beginning)
  }

  /** Something under a beginning was changed, nobody knows what. */
  loseAll(beginning: string): void {
    this.erased.add(beginning)
    for (const key of this.keys(beginning, () => true)) this.state.delete(key)
  }
}
