import { fill } from '../text/fill.ts'
import { Draft, memory, setValue } from './desk-draft.ts'
import { fieldOf, sendDecision, valuesOf } from './desk-saving.ts'

// The desk of an expert in the browser: keys, time spent, saving, and what was typed and not yet saved. The form itself needs none of it.

const texts = JSON.parse(document.getElementById('desk-texts')?.textContent ?? '{}') as Record<string, string>
const form = document.getElementById('desk-form') as HTMLFormElement | null

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

/** Saying that somebody has to sign in comes with the way there; this window keeps what was typed. */
function saySignedOut(host: HTMLFormElement): void {
  say(host, 'signedOut')
  const link = document.createElement('a')
  link.href = '/sign-in'
  link.target = '_blank'
  link.textContent = texts['signIn'] ?? ''
  host.querySelector('[data-desk-status]')?.append(' ', link)
}

const retryDelay = 4_000 // ms

/** Saves in the background and goes on when the server has it; what the server refuses is sent as a form, so that its page says why. */
class Saving {
  private readonly form: HTMLFormElement
  private readonly draft: Draft
  private isBusy = false
  private retry: ReturnType<typeof setTimeout> | undefined

  constructor(host: HTMLFormElement, draft: Draft) {
    this.form = host
    this.draft = draft
  }

  /** Somebody types: what was to be sent again is no longer what they mean. */
  typed(): void {
    clearTimeout(this.retry)
    this.draft.put(false)
    say(this.form, 'unsaved')
  }

  async save(button: HTMLButtonElement | null): Promise<void> {
    if (this.isBusy) return
    clearTimeout(this.retry)
    this.isBusy = true
    this.draft.put(false)
    say(this.form, 'saving')
    const sent = JSON.stringify(valuesOf(this.form))
    const outcome = await sendDecision(this.form)
    this.isBusy = false
    if (outcome === 'saved') this.saved(sent, button)
    else if (outcome === 'refused') this.sendForm(button)
    else if (outcome === 'signed-out') saySignedOut(this.form)
    else {
      say(this.form, 'offline')
      this.retry = setTimeout(() => void this.save(button), retryDelay)
    }
  }

  private saved(sent: string, button: HTMLButtonElement | null): void {
    if (JSON.stringify(valuesOf(this.form)) !== sent) {
      setValue(this.form, 'version', String(Number(fieldOf(this.form, 'version')) + 1)) // typed on meanwhile
      setValue(this.form, 'seconds', '0')
      this.typed()
      return
    }
    this.draft.clear()
    const { deskHere = '', deskAfter = '' } = this.form.dataset
    location.assign(button?.value === 'here' ? deskHere : deskAfter)
  }

  private sendForm(button: HTMLButtonElement | null): void {
    this.draft.put(true)
    const after = document.createElement('input')
    after.type = 'hidden'
    after.name = 'after'
    after.value = button?.value ?? 'next'
    this.form.append(after)
    this.form.submit()
  }
}

/** Seconds in which the page could be seen. */
function countTime(host: HTMLFormElement): void {
  setInterval(() => {
    if (document.visibilityState === 'visible') setValue(host, 'seconds', String(Number(fieldOf(host, 'seconds')) + 1))
  }, 1000)
}

const switchKey = 'tessera-desk-keys'
const areOn = (): boolean => memory.get(switchKey) !== 'off'

function focusOn(id: string): void {
  const place = document.getElementById(id)
  place?.focus({ preventScroll: true })
  place?.scrollIntoView({ block: 'nearest' })
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

const press = (id: string): void => form?.requestSubmit(form.querySelector<HTMLButtonElement>(`#${id}`))

const actions: Readonly<Record<string, () => void>> = {
  n: () => follow('.desk-ways a[rel=next]'),
  p: () => follow('.desk-ways a[rel=prev]'),
  o: () => follow('[data-desk-next-open]'),
  a: () => focusOn('answer'),
  e: () => focusOn('evidence'),
  d: () => focusOn('decide'),
  t: () => focusOn('reportText'),
  f: flag,
  s: () => press('save-here'),
  g: () => press('save-next'),
  '?': showKeys,
}

/** Where letters are typed, they are letters. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return target.type !== 'radio' && target.type !== 'checkbox'
  return target.isContentEditable || target.closest('textarea, select') !== null
}

/** Out of a field, so that keys are keys again; or out of the list of keys. */
function leave(target: EventTarget | null): void {
  const help = document.getElementById('desk-keys') as HTMLDetailsElement | null
  if (isTyping(target)) focusOn('decide')
  else if (help?.open === true) showKeys()
}

function onKey(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    event.preventDefault()
    press('save-next')
    return
  }
  if (event.key === 'Escape') leave(event.target)
  if (!areOn() || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
  const number = Number(event.key)
  const action = number >= 1 && number <= 5 ? () => choose(number) : actions[event.key]
  if (action === undefined) return
  event.preventDefault()
  action()
}

function showWhetherOn(): void {
  document.documentElement.dataset['deskKeys'] = areOn() ? 'on' : 'off'
}

function startKeys(): void {
  const place = document.querySelector<HTMLElement>('[data-desk-shortcuts]')
  const box = document.querySelector<HTMLInputElement>('[data-desk-keys-on]')
  if (place === null || box === null) return
  place.hidden = false
  box.checked = areOn()
  box.addEventListener('change', () => {
    memory.set(switchKey, box.checked ? null : 'off')
    showWhetherOn()
  })
  const hint = document.createElement('p')
  hint.className = 'desk-keys-hint'
  hint.textContent = fill(texts['hint'], { key: '?' })
  place.prepend(hint)
  showWhetherOn()
  document.addEventListener('keydown', onKey)
}

function startForm(host: HTMLFormElement): void {
  const draft = new Draft(host)
  const saving = new Saving(host, draft)
  if (draft.restore()) say(host, 'restored')
  countTime(host)
  showFields(host)
  host.addEventListener('input', () => {
    showFields(host)
    saving.typed()
  })
  host.addEventListener('submit', (event) => {
    event.preventDefault()
    void saving.save(event.submitter instanceof HTMLButtonElement ? event.submitter : null)
  })
}

startKeys()
if (form !== null) startForm(form)
document.documentElement.dataset['desk'] = 'ready'
