import { closestName } from './closest-name.ts'

/** Limits of a number; each is allowed itself unless it is `above`. */
interface Limits {
  readonly min?: number
  readonly max?: number
  readonly above?: number
}

/**
 * Reads a parsed document of unknown shape and notes every broken rule with the path of its key, instead of stopping at
 * the first. What a method returns after a problem is a stand-in of the right type; look at `problems` before using it.
 */
export class Reader {
  /** One line per broken rule, shared by all readers made from this one. */
  readonly problems: string[]
  readonly path: string

  constructor(path: string, problems: string[] = []) {
    this.path = path
    this.problems = problems
  }

  at(key: string | number): Reader {
    return new Reader(typeof key === 'number' ? `${this.path}[${key}]` : `${this.path}.${key}`, this.problems)
  }

  refuse(value: unknown, rule: string): void {
    const shown = value === undefined ? 'nothing' : JSON.stringify(value)
    this.problems.push(
      `${this.path}: ${rule}; it is ${shown === undefined ? String(value) : shown.length > 60 ? `${shown.slice(0, 57)}...` : shown}`,
    )
  }

  /** An object with none but the known keys. */
  object(value: unknown, known: readonly string[]): Readonly<Record<string, unknown>> {
    const object = this.plainObject(value)
    for (const key of Object.keys(object)) {
      if (known.includes(key)) continue
      const near = closestName(key, known)
      this.problems.push(
        `${this.path}: unknown key "${key}"${near === null ? '' : ` (did you mean "${near}"?)`}; the keys are ${known.join(', ')}`,
      )
    }
    return object
  }

  /** An object whose keys are free, such as element codes. */
  table<T>(value: unknown, read: (at: Reader, value: unknown) => T): Record<string, T> {
    return Object.fromEntries(Object.entries(this.plainObject(value)).map(([key, each]) => [key, read(this.at(key), each)]))
  }

  private plainObject(value: unknown): Readonly<Record<string, unknown>> {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
    this.refuse(value, 'needs keys with values')
    return {}
  }

  list<T>(value: unknown, read: (at: Reader, value: unknown) => T): T[] {
    if (Array.isArray(value)) return value.map((each: unknown, i) => read(this.at(i), each))
    this.refuse(value, 'needs a list')
    return []
  }

  text(value: unknown): string {
    if (typeof value === 'string' && value !== '') return value
    this.refuse(value, 'needs a name')
    return ''
  }

  flag(value: unknown): boolean {
    if (typeof value !== 'boolean') this.refuse(value, 'needs true or false')
    return value === true
  }

  choice<T extends string>(value: unknown, choices: readonly T[]): T {
    const found = choices.find((choice) => choice === value)
    if (found === undefined) this.refuse(value, `needs one of ${choices.join(', ')}`)
    return found ?? (choices[0] as T)
  }

  number(value: unknown, { min = -Infinity, max = Infinity, above = -Infinity }: Limits = {}): number {
    if (typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max && value > above) return value
    const limits = [above > -Infinity && `above ${above}`, min > -Infinity && `of at least ${min}`, max < Infinity && `of at most ${max}`]
    this.refuse(value, ['needs a number', ...limits.filter((limit) => limit !== false)].join(' '))
    return 0
  }

  whole(value: unknown, limits: Limits): number {
    const number = this.number(value, limits)
    if (!Number.isInteger(number)) this.refuse(value, 'needs a whole number')
    return number
  }

  pair(value: unknown): [number, number] {
    if (Array.isArray(value) && value.length === 2) return [this.at(0).number(value[0]), this.at(1).number(value[1])]
    this.refuse(value, 'needs two numbers')
    return [0, 1]
  }
}
