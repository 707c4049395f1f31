import { fill } from '../../../text/fill.ts'
import { Button } from '../../../ui/Button.tsx'
import type { AnswerFields, StoredAnswer } from '../answer.ts'
import type { QuestionView } from '../question-view.ts'

/** An answer in words: the labels of its options, or which kind of missing. */
export function answerWords(
  { options, missing }: Pick<AnswerFields, 'options' | 'missing'>,
  view: Pick<QuestionView, 'text'>,
  texts: Record<string, string>,
): string {
  if (missing !== null) return texts[missing]!
  return options === null ? texts['not-answered']! : options.map((option) => view.text.options[option] ?? option).join('; ')
}

function Version({
  title,
  fields,
  view,
  texts,
  lang,
}: {
  title: string
  fields: AnswerFields
  view: QuestionView
  texts: Record<string, string>
  lang?: string | null
}) {
  return (
    <div class="conflict-version" role="group" aria-label={title}>
      <p class="conflict-title">{title}</p>
      <p>
        <strong>{answerWords(fields, view, texts)}</strong>
      </p>
      {fields.reason !== null && <p lang={lang ?? undefined}>{fields.reason}</p>}
      <p class="conflict-text" lang={lang ?? undefined}>
        {fields.explanation ?? texts['no-explanation']}
      </p>
    </div>
  )
}

/** Both explanations below each other, when they differ. */
export function bothTexts(mine: AnswerFields, theirs: AnswerFields): AnswerFields {
  const texts = [theirs.explanation, mine.explanation].filter((text) => text !== null && text !== '')
  return { ...mine, explanation: [...new Set(texts)].join('\n\n') || null }
}

/** Both versions side by side; the person decides, and may go on editing afterwards. */
export function ConflictPanel({
  mine,
  theirs,
  view,
  texts,
  when,
  onChoose,
}: {
  mine: AnswerFields
  theirs: StoredAnswer
  view: QuestionView
  texts: Record<string, string>
  when: string
  onChoose?: (fields: AnswerFields) => void
}) {
  const choice = (name: string, fields: AnswerFields, kind: 'primary' | 'secondary') => (
    <Button kind={kind} type={onChoose ? 'button' : 'submit'} name="keep" value={name} onClick={onChoose && (() => onChoose(fields))}>
      {texts[`conflict.${name}`]}
    </Button>
  )
  const canJoin = mine.explanation !== null && theirs.explanation !== null && mine.explanation !== theirs.explanation
  return (
    <section class="conflict" aria-label={texts['conflict.title']}>
      <p>{fill(texts['conflict.lead'], { author: theirs.author?.name ?? '–', time: when })}</p>
      <div class="conflict-versions">
        <Version title={texts['conflict.yours']!} fields={mine} view={view} texts={texts} />
        <Version
          title={fill(texts['conflict.theirs'], { author: theirs.author?.name ?? '–' })}
          fields={theirs}
          view={view}
          texts={texts}
          lang={theirs.language}
        />
      </div>
      <div class="form-actions">
        {choice('mine', mine, 'primary')}
        {choice('other', theirs, 'secondary')}
        {canJoin && choice('both', bothTexts(mine, theirs), 'secondary')}
      </div>
    </section>
  )
}
