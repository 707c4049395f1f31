import { newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { formatDate } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Dimension, questionsOf, textOf } from '../../instrument/instrument.ts'
import { questionsOfDimension } from '../assessment.ts'
import type { StoredAnswer } from '../answer.ts'
import { type Carried, countCarried, type SkipReason } from '../carried.ts'
import type { CarriedSheet } from '../carried-usecases.ts'
import type { OpenedQuestionnaire } from '../usecases.ts'
import { seenValue } from './carried-extras.ts'
import { choiceText, earlierTitle, evidenceText, misfitText } from './carried-words.ts'
import { contextLine } from './parts.tsx'

export interface StillTrueProps {
  t: Translator
  opened: OpenedQuestionnaire
  sheet: CarriedSheet | null
  /** Why nothing can be confirmed; null = it can. */
  readOnly: string | null
  /** Questions that are asked now and that the person may answer. */
  mayConfirm: (questionId: string) => boolean
  confirmed: number | null
  skipped: readonly { questionId: string; reason: SkipReason }[]
}

type Parts = StillTrueProps & { sheet: CarriedSheet; numbers: ReadonlyMap<string, number> }

function QuestionLink({ t, opened, numbers, question }: Parts & Pick<Carried, 'question'>) {
  const text = textOf(opened.whole, t.language).questions[question.id]!.question
  return (
    <a href={`/assessments/${opened.assessment.id}/questions/${question.id}`}>
      {numbers.get(question.id)}. {text}
    </a>
  )
}

/** An answer with its words. */
function AnswerWords({ t, sheet, answer }: Pick<Parts, 't' | 'sheet'> & { answer: StoredAnswer }) {
  const language = answer.language ?? undefined
  return (
    <>
      <p class="carried-choice">{choiceText(t, sheet.earlierInstrument, answer.questionId, answer)}</p>
      {[answer.reason, answer.explanation].map(
        (text) =>
          text !== null && (
            <p key={text} class="answer-explanation" lang={language}>
              {text}
            </p>
          ),
      )}
    </>
  )
}

function ConfirmForm({ t, opened, numbers, items, label }: Parts & { items: readonly Carried[]; label: string }) {
  const base = `/assessments/${opened.assessment.id}`
  return (
    <form method="post" action={`${base}/still-true`}>
      <input type="hidden" name="_key" value={newFormKey()} />
      <input type="hidden" name="returnTo" value={`${base}/still-true`} />
      {items.map(({ question, earlier }) => (
        <input key={question.id} type="hidden" name="seen" value={seenValue(question.id, earlier!.version)} />
      ))}
      <Button
        kind="secondary"
        hiddenSuffix={items.length === 1 ? t('carried.confirmSuffix', { number: numbers.get(items[0]!.question.id)! }) : undefined}
      >
        {label}
      </Button>
    </form>
  )
}

/** An earlier answer that nobody has looked at in this wave. */
function OpenItem(props: Parts & { item: Carried }) {
  const { t, sheet, item, opened, readOnly, mayConfirm } = props
  const { question, earlier, evidence, misfit } = item
  const cited = evidenceText(t, evidence)
  const mayAnswer = readOnly === null && mayConfirm(question.id)
  return (
    <li class="carried-item">
      <h4>
        <QuestionLink {...props} question={question} />
      </h4>
      <p class="small">{earlierTitle(t, sheet.from.wave.name, earlier!)}</p>
      <AnswerWords t={t} sheet={sheet} answer={earlier!} />
      {cited !== null && <p>{cited}</p>}
      {misfit !== null && <p class="carried-misfit">{misfitText(t, sheet.earlierInstrument, question.id, misfit)}</p>}
      {mayAnswer && (
        <div class="question-offer-actions">
          {misfit === null && <ConfirmForm {...props} items={[item]} label={t('carried.confirm')} />}
          <a href={`/assessments/${opened.assessment.id}/questions/${question.id}`}>{t('carried.change')}</a>
        </div>
      )}
    </li>
  )
}

function OpenItems(props: Parts & { items: readonly Carried[] }) {
  const { t, items, readOnly, mayConfirm } = props
  if (items.length === 0) return null
  const confirmable = items.filter(({ misfit, question }) => misfit === null && mayConfirm(question.id))
  return (
    <>
      <h3>{t('carried.list.open', { count: items.length })}</h3>
      <ul class="carried-items">
        {items.map((item) => (
          <OpenItem key={item.question.id} {...props} item={item} />
        ))}
      </ul>
      {readOnly === null && confirmable.length > 1 && (
        <ConfirmForm {...props} items={confirmable} label={t('carried.confirmAll', { count: confirmable.length })} />
      )}
    </>
  )
}

/** Then and now, one above the other. */
function ChangedItems(props: Parts & { items: readonly Carried[] }) {
  const { t, sheet, items } = props
  if (items.length === 0) return null
  return (
    <Disclosure summary={t('carried.list.changed', { count: items.length })}>
      <ul class="carried-items">
        {items.map(({ question, earlier, current }) => (
          <li key={question.id} class="carried-item">
            <h4>
              <QuestionLink {...props} question={question} />
            </h4>
            <div class="conflict-versions">
              <div class="conflict-version">
                <p class="small">{earlierTitle(t, sheet.from.wave.name, earlier!)}</p>
                <AnswerWords t={t} sheet={sheet} answer={earlier!} />
              </div>
              <div class="conflict-version">
                <p class="small">{earlierTitle(t, props.opened.assessment.wave.name, current!)}</p>
                <AnswerWords t={t} sheet={{ ...sheet, earlierInstrument: props.opened.whole }} answer={current!} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

function ConfirmedItems(props: Parts & { items: readonly Carried[] }) {
  const { t, items } = props
  if (items.length === 0) return null
  return (
    <Disclosure summary={t('carried.list.confirmed', { count: items.length })}>
      <ul>
        {items.map(({ question, confirmed }) => (
          <li key={question.id}>
            <QuestionLink {...props} question={question} />
            {confirmed?.by && ` – ${t('carried.confirmedBy', { name: confirmed.by, date: formatDate(t.language, confirmed.at) })}`}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

/** Questions without anything to compare, by their names alone. */
function NamedItems(props: Parts & { items: readonly Carried[]; title: 'carried.list.new' | 'carried.list.notAsked' }) {
  const { t, items, title } = props
  if (items.length === 0) return null
  return (
    <Disclosure summary={t(title, { count: items.length })}>
      <ul>
        {items.map(({ question }) => (
          <li key={question.id}>
            <QuestionLink {...props} question={question} />
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

function Area(props: Parts & { dimension: Dimension }) {
  const { t, opened, sheet, dimension } = props
  const all = questionsOfDimension(dimension).map(({ id }) => sheet.questions.get(id)!)
  const of = (state: Carried['state']) => all.filter((item) => item.state === state)
  return (
    <section class="section" id={`area-${dimension.id}`}>
      <h2>{textOf(opened.whole, t.language).dimensions[dimension.id]!.name}</h2>
      <OpenItems {...props} items={of('not-looked-at')} />
      <ChangedItems {...props} items={of('changed')} />
      <ConfirmedItems {...props} items={of('confirmed')} />
      <NamedItems {...props} items={of('new')} title="carried.list.new" />
      <NamedItems {...props} items={of('not-asked')} title="carried.list.notAsked" />
    </section>
  )
}

/** The areas in which there is something to look at. */
function Contents({ t, opened, sheet }: Parts) {
  const names = textOf(opened.whole, t.language).dimensions
  const open = opened.instrument.dimensions
    .map((dimension) => ({
      id: dimension.id,
      count: questionsOfDimension(dimension).filter(({ id }) => sheet.questions.get(id)!.state === 'not-looked-at').length,
    }))
    .filter(({ count }) => count > 0)
  if (open.length === 0) return null
  return (
    <nav class="section" aria-labelledby="carried-contents">
      <h2 id="carried-contents">{t('carried.contents')}</h2>
      <ul>
        {open.map(({ id, count }) => (
          <li key={id}>
            <a href={`#area-${id}`}>{names[id]!.name}</a> ({count})
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What was just done, and what could not be. */
function Messages({ t, confirmed, skipped, numbers }: Parts) {
  return (
    <>
      {confirmed !== null && confirmed > 0 && <Notice kind="success" title={t('carried.done', { count: confirmed })} isAnnounced />}
      {skipped.length > 0 && (
        <Notice kind="warning" title={t('carried.skipped', { count: skipped.length })} isAnnounced>
          <ul>
            {skipped.map(({ questionId, reason }) => (
              <li key={questionId}>{t(`carried.skipped.${reason}`, { number: numbers.get(questionId) ?? '' })}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  )
}

/** All earlier answers, by area: to be confirmed, changed, confirmed, new. */
export function StillTruePage(props: StillTrueProps) {
  const { t, opened, sheet, readOnly } = props
  const base = `/assessments/${opened.assessment.id}`
  const numbers = new Map(questionsOf(opened.whole).map(({ id }, i) => [id, i + 1]))
  const counts = sheet && countCarried(sheet.questions.values())
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(opened.assessment) },
        ]}
      />
      {sheet !== null && <Messages {...props} sheet={sheet} numbers={numbers} />}
      <PageHeading
        context={contextLine(opened.assessment)}
        title={sheet === null ? t('carried.title.none') : t('carried.title', { wave: sheet.from.wave.name })}
        lead={sheet === null ? undefined : t('carried.lead')}
      />
      {sheet === null || counts === null ? (
        <EmptyState title={t('carried.empty.title')}>{t('carried.empty.text')}</EmptyState>
      ) : (
        <>
          {readOnly !== null && (
            <Notice kind="information" title={t('assessments.readOnly.title')}>
              <p>{readOnly}</p>
            </Notice>
          )}
          <p>
            <strong>{t('carried.link.hint', { ...counts })}</strong>
          </p>
          <Contents {...props} sheet={sheet} numbers={numbers} />
          {sheet.retired > 0 && <p>{t('carried.retired', { count: sheet.retired })}</p>}
          {opened.instrument.dimensions.map((dimension) => (
            <Area key={dimension.id} {...props} sheet={sheet} numbers={numbers} dimension={dimension} />
          ))}
        </>
      )}
    </>
  )
}
