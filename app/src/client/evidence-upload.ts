import { fill, localeOf } from '../text/fill.ts'
import { refreshParts, turnsOutUnopened } from './after-upload.ts'
import { type UploadedEvidence, uploadFile, type UploadState } from './upload-file.ts'

// Makes a file field a place to choose, drop and paste files, and shows how each of them arrives. Without this script the form sends
// the files when it is submitted.

const texts = JSON.parse(document.getElementById('upload-texts')?.textContent ?? '{}') as Record<string, string>

function sizeText(bytes: number): string {
  const format = (value: number, digits: number) =>
    value.toLocaleString(localeOf(document.documentElement.lang), { maximumFractionDigits: digits })
  return bytes < 1000 * 1024 ? `${format(Math.ceil(bytes / 1024), 0)} KB` : `${format(bytes / 1024 / 1024, 1)} MB`
}

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** The bytes are safe on the server. */
const isStored = (state: UploadState): state is UploadState & { kind: 'done' | 'unopened' } =>
  state.kind === 'done' || state.kind === 'unopened'

/** One file in the list: its name, how far it is in words, a bar, and what can be done. */
class Line {
  readonly item = element('li', 'upload-line')
  private readonly text = element('p', 'upload-line-text')
  private readonly bar = element('progress', 'upload-bar')
  private readonly actions = element('p', 'upload-line-actions')
  private readonly file: File
  state: UploadState = { kind: 'queued' }

  constructor(file: File) {
    this.file = file
    this.bar.max = Math.max(1, file.size)
    this.bar.setAttribute('aria-label', file.name)
    this.item.append(this.text, this.bar, this.actions)
  }

  show(state: UploadState, slug: string, repeat: () => void): void {
    this.state = state
    const { name, size } = this.file
    const sent = state.kind === 'sending' || state.kind === 'waiting' ? state.sent : isStored(state) ? size : 0
    const reason = state.kind === 'refused' ? state.reason : ''
    this.text.textContent = fill(texts[state.kind === 'sending' ? 'progress' : state.kind], {
      name,
      sent: sizeText(sent),
      size: sizeText(size),
      reason,
    })
    this.bar.value = sent
    this.bar.hidden = state.kind === 'refused' || isStored(state)
    this.item.dataset['state'] = state.kind
    if (state.kind === 'unopened') this.text.role = 'alert' // it turns out when nobody expects it any more
    this.actions.replaceChildren(...this.actionsOf(state, slug, repeat))
  }

  private actionsOf(state: UploadState, slug: string, repeat: () => void): HTMLElement[] {
    if (isStored(state)) {
      const link = element('a', '', texts['open'])
      link.href = `/cities/${slug}/evidence/${state.evidence.id}/edit`
      link.append(element('span', 'visually-hidden', ` (${this.file.name})`))
      return [link]
    }
    if (state.kind !== 'refused' || !state.canRepeat) return []
    const button = element('button', 'button button-secondary', texts['again'])
    button.type = 'button'
    button.addEventListener('click', repeat)
    return [button]
  }
}

/** Whether something was ticked or chosen outside of this place and would be lost by leaving the page. */
function isChosenElsewhere(place: HTMLElement): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('main input, main select')]
  return fields
    .filter((field) => !place.contains(field))
    .some((field) => (field instanceof HTMLInputElement ? field.checked !== field.defaultChecked : field.selectedIndex > 0))
}

/** A file field and everything around it. */
class Uploader {
  private readonly place: HTMLElement
  private readonly input: HTMLInputElement
  private readonly slug: string
  private readonly limit: number
  private readonly isOne: boolean
  private lines: Line[] = []
  private queue: Promise<void> = Promise.resolve()

  constructor(place: HTMLElement) {
    this.place = place
    this.input = place.querySelector('input')!
    this.slug = place.dataset['upload'] ?? ''
    this.limit = Number(place.dataset['uploadLimit'])
    this.isOne = place.dataset['uploadMode'] === 'one'
    this.part('drop').hidden = false
    if (!this.isOne) this.input.form?.querySelector<HTMLElement>('[data-upload-submit]')?.setAttribute('hidden', '')
    this.listen()
  }

  private part(name: string): HTMLElement {
    return this.place.querySelector<HTMLElement>(`[data-upload-${name}]`)!
  }

  private listen(): void {
    const zone = this.part('zone')
    this.input.addEventListener('change', () => {
      this.add([...(this.input.files ?? [])])
      this.input.value = ''
    })
    for (const name of ['dragenter', 'dragover'])
      zone.addEventListener(name, (event) => {
        event.preventDefault()
        zone.classList.add('is-over')
      })
    for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => zone.classList.remove('is-over'))
    zone.addEventListener('drop', (event) => {
      event.preventDefault()
      this.add([...(event.dataTransfer?.files ?? [])])
    })
    document.addEventListener('paste', (event) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length > 0) this.add(files)
    })
    addEventListener('beforeunload', (event) => {
      if (this.lines.some(({ state }) => !isStored(state) && state.kind !== 'refused')) event.preventDefault()
    })
  }

  private add(files: File[]): void {
    if (this.isOne) this.clear()
    for (const file of this.isOne ? files.slice(0, 1) : files) {
      const line = new Line(file)
      this.lines.push(line)
      this.part('list').append(line.item)
      this.send(file, line)
    }
  }

  private clear(): void {
    this.lines = []
    this.part('list').replaceChildren()
    this.input.form?.querySelector('input[name=evidenceId]')?.remove()
  }

  /** One after the other: a slow line carries one file better than ten. */
  private send(file: File, line: Line): void {
    const show = (state: UploadState) => {
      line.show(state, this.slug, () => this.send(file, line))
      this.tell(line)
      this.refresh()
      if (state.kind === 'done') void this.settle(line, state.evidence)
    }
    if (file.size > this.limit)
      return show({ kind: 'refused', reason: fill(texts['tooLarge'], { limit: sizeText(this.limit) }), canRepeat: false })
    show({ kind: 'queued' })
    this.queue = this.queue.then(() => uploadFile(file, this.slug, texts['signIn'] ?? '', texts['unreadable'] ?? '', show))
  }

  /** What is stored counts on the page at once, as soon as nothing is under way any more. */
  private refresh(): void {
    const isIdle = this.lines.every(({ state }) => isStored(state) || state.kind === 'refused')
    if (isIdle && this.lines.some(({ state }) => isStored(state))) void refreshParts()
  }

  /** That a file cannot be opened is said as soon as the server knows. */
  private async settle(line: Line, evidence: UploadedEvidence): Promise<void> {
    if (!(await turnsOutUnopened(this.slug, evidence)) || !this.lines.includes(line)) return
    line.show({ kind: 'unopened', evidence }, this.slug, () => {})
    if (this.isOne) this.tellOne(line, (text) => (this.part('status').textContent = text))
    this.refresh()
  }

  /** Says how it stands as a whole, once for each file and not for each piece. */
  private tell(line: Line): void {
    const stored = this.lines.filter(({ state }) => isStored(state)).length
    const failed = this.lines.filter(({ state }) => state.kind === 'refused').length
    const all = this.lines.length
    const status = this.part('status')
    const say = (text: string) => status.textContent !== text && (status.textContent = text)
    if (this.isOne) return this.tellOne(line, say)
    if (stored + failed < all) return void say(fill(texts['working'], { done: stored, all }))
    say(failed === 0 ? (texts['finished'] ?? '') : fill(texts['finishedSome'], { stored, failed }))
    if (stored === 0) return
    const link = element('a', 'upload-show', texts['show'])
    const then = this.place.dataset['uploadThen']
    link.href = then ?? `/cities/${this.slug}/evidence?done=added&count=${stored}`
    status.append(' ', link)
    if (then !== undefined && failed === 0 && !isChosenElsewhere(this.place)) location.assign(then)
  }

  private tellOne({ state }: Line, say: (text: string) => unknown): void {
    if (state.kind === 'unopened') return void say('') // its line says more
    if (state.kind !== 'done') return void say('')
    say(fill(texts['doneOne'], { name: state.evidence.title }))
    const field = element('input', '')
    field.type = 'hidden'
    field.name = 'evidenceId'
    field.value = state.evidence.id
    this.place.append(field)
  }
}

for (const place of document.querySelectorAll<HTMLElement>('[data-upload]')) new Uploader(place)
