import { fill } from '../text/fill.ts'

// The desk of an expert in the browser: keys, time spent, and what was typed and not yet saved. The form itself needs none of it.

const texts = JSON.parse(document.getElementById('desk-texts')?.textContent ?? '{}') as Record<string, string>
const form = document.getElementById('desk-form') as HTMLFormElement | null

/** What was typed and not yet saved, in this browser, for this person only. */
interface Draft {
  version: string
  answerVersion: string
  values: Record<string, string>
  /** Sent; gone as soon as the server shows a newer version. */
  isSent: boolean
}

const kept = ['decision', 'points', 'reasonCode', 'reportText', 'note', 'isForMeeting', 'graceReason'] as const

const memory = {
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

const fieldOf = (host: HTMLFormElement, name: string): string => String(new FormData(host).get(name) ?? '')

function valuesOf(host: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(kept.map((name) => [name, fieldOf(host, name)]))
}

function setValue(host: HTMLFormElement, name: string, value: string): void {
  for (const field of host.querySelectorAll<HTMLInputElement>(`[name=${name}]`)) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value
    else field.value = value
  }
}

/** Shows the fields that belong to the decision chosen. */
function showFields(host: HTMLFormElement): void {
  const decision = fieldOf(host, 'decision')
  for (const part of host.querySelectorAll<HTMLElement>('[data-desk-for]'))
    part.hidden = !(part.dataset['deskFor'] ?? '').split(' ').includes(decision)
}

function say(host: HTMLFormElement, name: string): void {
  const status = host.querySelector('[data-desk-status]')
  if (status !== null && status.textContent !== texts[name]) status.textContent = texts[name] ?? ''
}

/** Keeps what is typed until the server has it, and brings it back. */
function keepDraft(host: HTMLFormElement): void {
  const key = `tessera-desk:${host.dataset['desk'] ?? ''}`
  const saved = valuesOf(host)
  const current = { version: fieldOf(host, 'version'), answerVersion: fieldOf(host, 'answerVersion') }
  const put = (isSent: boolean) => memory.set(key, JSON.stringify({ ...current, values: valuesOf(host), isSent } satisfies Draft))
  const stored = memory.get(key)
  const draft = stored === null ? null : (JSON.parse(stored) as Draft)
  if (host.dataset['deskTyped'] !== undefined) put(false)
  else if (draft !== null) {
    const isDone = draft.isSent && Number(current.version) > Number(draft.version)
    if (isDone || JSON.stringify(draft.values) === JSON.stringify(saved)) memory.set(key, null)
    else {
      for (const [name, value] of Object.entries(draft.values)) setValue(host, name, value)
      // what it was typed upon: if something newer is saved by now, the server says so and shows both
      setValue(host, 'version', draft.version)
      setValue(host, 'answerVersion', draft.answerVersion)
      Object.assign(current, { version: draft.version, answerVersion: draft.answerVersion })
      say(host, 'restored')
    }
  }
  host.addEventListener('input', () => {
    put(false)
    say(host, 'unsaved')
  })
  host.addEventListener('submit', () => put(true))
}

/** Seconds in which the page could be seen. */
function countTime(host: HTMLFormElement): void {
  let seconds = 0
  setInterval(() => {
    if (document.visibilityState === 'visible') setValue(host, 'seconds', String(++seconds))
  }, 1000)
}

const switchKey = 'tessera-desk-keys'
const areOn = (): boolean => memory.get(switchKey) !== 'off'

function focusOn(id: string): void {
  const place = document.getElementById(id)
  place?.focus()
  place?.scrollIntoView({ block: 'start' })
}

function follow(selector: string): void {
  const link = document.querySelector<HTMLAnchorElement>(selector)
  if (link !== null) location.assign(link.href)
}

function choose(number: number): void {
  const option = form?.querySelectorAll<HTMLInputElement>('input[name=decision]')[number - 1]
  if (option === undefined) return
  option.checked = true
  option.focus()
  option.dispatchEvent(new Event('input', { bubbles: true }))
}

function flag(): void {
  const box = form?.querySelector<HTMLInputElement>('input[name=isForMeeting]')
  if (!box) return
  box.checked = !box.checked
  box.dispatchEvent(new Event('input', { bubbles: true }))
  if (form !== null) say(form, box.checked ? 'flagged' : 'unflagged')
}

function showKeys(): void {
  const help = document.getElementById('desk-keys') as HTMLDetailsElement | null
  if (help === null) return
  help.open = !help.open
  help.querySelector('summary')?.focus()
}

const save = (): void => form?.requestSubmit(form.querySelector<HTMLButtonElement>('button[name=after][value=here]'))

const actions: Readonly<Record<string, () => void>> = {
  n: () => follow('.desk-ways a[rel=next]'),
  p: () => follow('.desk-ways a[rel=prev]'),
  o: () => follow('[data-desk-next-open]'),
  a: () => focusOn('answer'),
  e: () => focusOn('evidence'),
  d: () => focusOn('decide'),
  f: flag,
  s: save,
  '?': showKeys,
}

/** Where letters are typed, they are letters. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox'
  return target.isContentEditable || target.closest('textarea, select') !== null
}

function press(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    event.preventDefault()
    save()
    return
  }
  if (!areOn() || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
  const number = Number(event.key)
  const action = number >= 1 && number <= 5 ? () => choose(number) : actions[event.key]
  if (action === undefined) return
  event.preventDefault()
  action()
}

function startKeys(): void {
  const place = document.querySelector<HTMLElement>('[data-desk-shortcuts]')
  const box = document.querySelector<HTMLInputElement>('[data-desk-keys-on]')
  if (place === null || box === null) return
  place.hidden = false
  box.checked = areOn()
  box.addEventListener('change', () => memory.set(switchKey, box.checked ? null : 'off'))
  const hint = document.createElement('p')
  hint.className = 'desk-keys-hint'
  hint.textContent = fill(texts['hint'], { key: '?' })
  place.prepend(hint)
  document.addEventListener('keydown', press)
}

startKeys()
if (form !== null) {
  keepDraft(form)
  countTime(form)
  showFields(form)
  form.addEventListener('input', () => showFields(form))
}
document.documentElement.dataset['desk'] = 'ready'
