import type { AnswerFields, AnswerPatch, StoredAnswer } from '../features/assessments/answer.ts'
import {
  type AnswerState,
  edit,
  initialState,
  pendingPatch,
  rebase,
  receive,
  resolve,
  sending,
  settle,
} from '../features/assessments/saving.ts'
import type { Transport } from './transport.ts'
import type { UnsavedStore } from './unsaved.ts'

const typingPause = 600 // milliseconds without a key before text is sent
const retryDelays = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]

export interface SaverOptions {
  assessmentId: string
  personId: string
  answers: readonly StoredAnswer[]
  store: UnsavedStore
  transport: Transport
  /** Called after every change of any state. */
  onChange: () => void
  /** Called when the server has stored an answer. */
  onSaved: () => void
}

/** Saves the answers of a page one by one: keeps each in the browser until the server has it, retries, and never drops a word. */
export class Saver {
  readonly states = new Map<string, AnswerState>()
  isSignedOut = false
  private readonly options: SaverOptions
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()
  private readonly inFlight = new Set<string>()
  private readonly failures = new Map<string, number>()

  constructor(options: SaverOptions) {
    this.options = options
    for (const answer of options.answers) this.states.set(answer.questionId, initialState(answer))
  }

  /** Brings back what an earlier visit typed and could not save. */
  async restore(): Promise<void> {
    const { store, personId, assessmentId } = this.options
    for (const { questionId, draft, base, sent = [] } of await store.list(personId, assessmentId)) {
      const state = this.states.get(questionId)
      if (!state) continue
      const seen = { ...state.base, ...base }
      const merged = rebase({ base: seen, draft, sent }, state.base)
      if (merged === null) this.set(questionId, { ...state, base: seen, draft, phase: 'conflict', conflict: state.base })
      else this.set(questionId, { ...state, draft: merged })
      void this.send(questionId)
    }
  }

  get(questionId: string): AnswerState {
    return this.states.get(questionId)!
  }

  edit(questionId: string, patch: AnswerPatch, isTyping: boolean): void {
    const state = edit(this.get(questionId), patch)
    this.set(questionId, state.phase === 'conflict' ? state : { ...state, phase: 'saving' })
    this.keep(questionId)
    this.schedule(questionId, isTyping ? typingPause : 0)
  }

  /** Sends at once what is waiting, for example when a field is left. */
  flush(questionId: string): void {
    if (this.timers.has(questionId)) this.schedule(questionId, 0)
  }

  /** Tries everything again that is not saved. */
  retry(): void {
    this.isSignedOut = false
    for (const [questionId, state] of this.states)
      if (pendingPatch(state) !== null && state.phase !== 'conflict') this.schedule(questionId, 0)
    this.options.onChange()
  }

  /** Tries again at once what a lost connection has kept here. */
  retryUnsaved(): void {
    for (const questionId of this.failures.keys()) this.schedule(questionId, 0)
  }

  /** A version that somebody else has saved meanwhile. While an own save is under way, its reply tells the same. */
  receive(answer: StoredAnswer): void {
    const { questionId } = answer
    if (!this.states.has(questionId) || this.inFlight.has(questionId)) return
    const next = receive(this.get(questionId), answer)
    if (next === this.get(questionId)) return
    this.set(questionId, next)
    this.keep(questionId)
    if (next.phase === 'saving') this.schedule(questionId, 0)
  }

  resolve(questionId: string, chosen: AnswerFields): void {
    this.set(questionId, resolve(this.get(questionId), chosen))
    this.keep(questionId)
    this.schedule(questionId, 0)
  }

  /** Whether leaving the page now would leave something behind that only this device knows. */
  get hasUnsaved(): boolean {
    return [...this.states.values()].some(({ phase }) => phase === 'not-saved' || phase === 'conflict')
  }

  private set(questionId: string, state: AnswerState): void {
    this.states.set(questionId, state)
    this.options.onChange()
  }

  private schedule(questionId: string, delay: number): void {
    clearTimeout(this.timers.get(questionId))
    this.timers.set(
      questionId,
      setTimeout(() => void this.send(questionId), delay),
    )
  }

  /** Keeps the draft in the browser, or forgets it once the server holds it. */
  private keep(questionId: string): void {
    const { store, personId, assessmentId } = this.options
    const { draft, base, sent } = this.get(questionId)
    const key = { personId, assessmentId, questionId }
    if (pendingPatch(this.get(questionId)) === null) void store.remove(key)
    else
      void store.put({
        ...key,
        draft,
        sent,
        baseVersion: base.version,
        base: { options: base.options, missing: base.missing, reason: base.reason, explanation: base.explanation },
      })
  }

  private async send(questionId: string): Promise<void> {
    clearTimeout(this.timers.get(questionId))
    this.timers.delete(questionId)
    const state = this.get(questionId)
    const patch = pendingPatch(state)
    if (state.phase === 'conflict' || state.phase === 'read-only' || this.inFlight.has(questionId)) return
    if (patch === null) {
      if (state.phase === 'saving') this.set(questionId, { ...state, phase: state.base.version === 0 ? 'idle' : 'saved' })
      return this.keep(questionId)
    }
    this.set(questionId, sending(state))
    this.keep(questionId)
    this.inFlight.add(questionId)
    const outcome = await this.options.transport.save(questionId, state.base.version, patch)
    this.inFlight.delete(questionId)
    if (outcome.kind === 'signed-out') this.isSignedOut = true
    const settled = settle(
      this.get(questionId),
      outcome.kind === 'signed-out' ? { kind: 'unreachable', message: outcome.message } : outcome,
    )
    this.set(questionId, settled)
    this.keep(questionId)
    if (outcome.kind === 'saved') this.options.onSaved()
    this.continue(questionId, settled, outcome.kind)
  }

  /** Sends what was typed meanwhile, or tries again later. */
  private continue(questionId: string, state: AnswerState, outcome: string): void {
    if (outcome === 'unreachable') {
      const failures = this.failures.get(questionId) ?? 0
      this.failures.set(questionId, failures + 1)
      this.schedule(questionId, retryDelays[Math.min(failures, retryDelays.length - 1)]!)
      return
    }
    this.failures.delete(questionId)
    const isWaiting = this.timers.has(questionId)
    if ((outcome === 'saved' || outcome === 'changed') && state.phase !== 'conflict' && !isWaiting && pendingPatch(state) !== null)
      this.schedule(questionId, 0)
  }
}
