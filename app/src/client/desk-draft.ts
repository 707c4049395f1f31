import { fieldOf, keptFields, valuesOf } from './desk-saving.ts'

/** What was typed and not yet saved, in this browser, for this person only. */
interface Stored {
  version: string
  answerVersion: string
  values: Record<string, string>
  /** Sent as a form; gone as soon as the server shows a newer version. */
  isSent: boolean
}

export const memory = {
  get: (key: string): string | null => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null // a browser that keeps nothing
    }
  },
  set: (key: string, value: string | null): void => {
    try {
      if (value === null) localStorage.removeItem(key)
      else localStorage.setItem(key, value)
    } catch {
      // the form works without
    }
  },
}

function read(key: string): Stored | null {
  try {
    return JSON.parse(memory.get(key) ?? 'null') as Stored | null
  } catch {
    return null // not what this page has written
  }
}

export function setValue(form: HTMLFormElement, name: string, value: string): void {
  for (const field of form.querySelectorAll<HTMLInputElement>(`[name=${name}]`)) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value
    else field.value = value
  }
}

const draftPrefix = 'tessera-desk:'

/** Keeps what is typed until the server has it, and brings it back. */
export class Draft {
  private readonly form: HTMLFormElement
  private readonly key: string

  constructor(form: HTMLFormElement) {
    this.form = form
    this.key = draftPrefix + (form.dataset['desk'] ?? '')
  }

  put(isSent: boolean): void {
    const { form } = this
    const stored = { version: fieldOf(form, 'version'), answerVersion: fieldOf(form, 'answerVersion'), values: valuesOf(form), isSent }
    memory.set(this.key, JSON.stringify(stored satisfies Stored))
  }

  clear(): void {
    memory.set(this.key, null)
  }

  /** @returns whether something came back that the server does not have */
  restore(): boolean {
    const { form, key } = this
    if (form.dataset['deskTyped'] !== undefined) {
      this.put(false) // the server shows what was sent and refused
      return false
    }
    const stored = read(key)
    if (stored === null) return false
    const isDone = stored.isSent && Number(fieldOf(form, 'version')) > Number(stored.version)
    if (isDone || JSON.stringify(stored.values) === JSON.stringify(valuesOf(form))) {
      this.clear()
      return false
    }
    for (const name of keptFields) setValue(form, name, stored.values[name] ?? '')
    // what it was typed upon: if something newer is saved by now, the server says so and shows both
    setValue(form, 'version', stored.version)
    setValue(form, 'answerVersion', stored.answerVersion)
    return true
  }
}
