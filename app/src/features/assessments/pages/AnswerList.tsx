import type { ComponentChildren } from 'preact'
import { fill } from '../../../text/fill.ts'
import type { QuestionRules } from '../../instrument/instrument.ts'
import { type AnswerPatch, findHiddenReason, type HiddenReason, type StoredAnswer } from '../answer.ts'
import type { AnsweringProps, QuestionView } from '../question-view.ts'
import type { AnswerState } from '../saving.ts'
import { QuestionForm } from './QuestionForm.tsx'

/** What the browser adds to the list; on the server there is none of it. */
export interface Editing {
  onChange: (questionId: string, patch: AnswerPatch, isTyping: boolean) => void
  onLeave: (questionId: string) => void
  status: (questionId: string, number: number) => ComponentChildren
  footer: (questionId: string, view: QuestionView) => ComponentChildren
}

/** Why a question is not asked now, in words: names the question it depends on. */
export function hiddenText(hidden: HiddenReason, views: ReadonlyMap<string, QuestionView>, texts: Record<string, string>): string {
  const parent = views.get(hidden.parentId)
  return fill(texts[`hidden.${hidden.kind}`], { number: parent?.number ?? '', question: parent?.text.question ?? '' })
}

/** The questions of an area, or one of them; drawn alike by server and browser. */
export function AnswerList({
  props,
  states,
  editing,
}: {
  props: AnsweringProps
  states: (questionId: string) => Pick<AnswerState, 'base' | 'draft'> & Partial<AnswerState>
  editing?: Editing
}) {
  const views = new Map(props.groups.flatMap((group) => group.questions).map((view) => [view.rules.id, view]))
  const rules = new Map([...views].map(([id, view]) => [id, view.rules as QuestionRules]))
  const lookup = (id: string) => (rules.has(id) ? states(id).draft : undefined)
  const form = (view: QuestionView) => {
    const { base, draft } = states(view.rules.id)
    const hidden = findHiddenReason(view.rules, rules, lookup)
    const id = view.rules.id
    const canEdit = editing !== undefined && props.locked[id] === undefined && props.excluded[id] === undefined
    return (
      <QuestionForm
        key={id}
        view={view}
        draft={draft}
        version={base.version}
        draftLanguage={foreignLanguage(base, props.language)}
        texts={props.texts}
        paths={props.paths}
        returnTo={props.returnTo}
        isReadOnly={props.readOnly !== null || props.locked[id] !== undefined}
        lockedBecause={props.locked[id] ?? null}
        extras={props.extras[id]}
        hiddenBecause={hidden && hiddenText(hidden, views, props.texts)}
        excludedBecause={props.excluded[id] ?? null}
        onChange={canEdit ? (patch, isTyping) => editing.onChange(id, patch, isTyping) : undefined}
        onLeave={canEdit ? () => editing.onLeave(id) : undefined}
        status={editing?.status(id, view.number)}
        footer={editing?.footer(id, view)}
      />
    )
  }
  if (props.only !== null) return form(views.get(props.only)!)
  const isShown = (view: QuestionView) => props.shown === null || props.shown.includes(view.rules.id)
  const groups = props.groups
    .map((group) => ({ ...group, questions: group.questions.filter(isShown) }))
    .filter(({ questions }) => questions.length > 0)
  return (
    <>
      {groups.map((group) => (
        <section key={group.id} class="question-group" aria-labelledby={props.groups.length > 1 ? `indicator-${group.id}` : undefined}>
          {props.groups.length > 1 && <h2 id={`indicator-${group.id}`}>{group.name}</h2>}
          {props.groups.length > 1 && <p class="question-group-description">{group.description}</p>}
          {group.questions.map(form)}
        </section>
      ))}
    </>
  )
}

const foreignLanguage = ({ language }: StoredAnswer, own: string): string | null =>
  language !== null && language !== own ? language : null
