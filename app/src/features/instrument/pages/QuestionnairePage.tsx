import type { Translator } from '../../../text/text.ts'
import { DefinitionText } from '../../../ui/DefinitionText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { type Dimension, type Instrument, type InstrumentText, questionsOf, textOf } from '../instrument.ts'
import { BlankQuestion } from './BlankQuestion.tsx'

interface PartProps {
  t: Translator
  instrument: Instrument
  text: InstrumentText
  /** Question id -> place in the whole questionnaire, from 1. */
  numbers: ReadonlyMap<string, number>
}

/** Rules of filling in that hold for every question. */
const hints = ['share', 'today', 'oneOption', 'notKnown', 'notApplicable', 'open', 'explain', 'evidence'] as const

function HowToFillIn({ t }: { t: Translator }) {
  return (
    <section class="section prose" id="how">
      <h2>{t('instrument.questionnaire.how')}</h2>
      <ul>
        {hints.map((name) => (
          <li key={name}>{t(`instrument.questionnaire.how.${name}`)}</li>
        ))}
      </ul>
    </section>
  )
}

function Terms({ t, text }: { t: Translator; text: InstrumentText }) {
  if (text.terms === undefined) return null
  return (
    <section class="section" id="terms">
      <h2>{t('instrument.questionnaire.terms')}</h2>
      <DefinitionText definitions={Object.values(text.terms).map(({ name, description }) => ({ term: name, meaning: description }))} />
    </section>
  )
}

/** What a city says before the questions, with the questions that depend on it. */
function Scopes({ t, instrument: { scopes = [] }, text, numbers }: PartProps) {
  if (scopes.length === 0) return null
  return (
    <section class="section" id="scopes">
      <h2>{t('instrument.questionnaire.scopes')}</h2>
      <p class="prose">{t('instrument.questionnaire.scopes.text')}</p>
      <DefinitionText
        definitions={scopes.map(({ id, questions }) => ({
          term: text.scopes![id]!.name,
          meaning: `${text.scopes![id]!.question} ${text.scopes![id]!.whatCounts} (${t('instrument.questionnaire.scopes.questions', {
            count: questions.length,
            numbers: questions.map((question) => numbers.get(question)).join(', '),
          })})`,
        }))}
      />
    </section>
  )
}

const countOf = (dimension: Dimension) => dimension.indicators.reduce((sum, { questions }) => sum + questions.length, 0)

function Contents({ t, instrument, text }: PartProps) {
  return (
    <nav class="section" aria-labelledby="contents">
      <h2 id="contents">{t('instrument.questionnaire.contents')}</h2>
      <ol class="blank-contents">
        {instrument.dimensions.map((dimension) => (
          <li key={dimension.id}>
            <a href={`#area-${dimension.id}`}>{text.dimensions[dimension.id]!.name}</a>{' '}
            <span class="small">
              {t('instrument.questionnaire.count', { count: countOf(dimension) })}
              {dimension.set === 'extended' && `, ${t('instrument.questionnaire.extended')}`}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Area({ t, dimension, number, text, numbers }: PartProps & { dimension: Dimension; number: number }) {
  const { name, description } = text.dimensions[dimension.id]!
  const isSplit = dimension.indicators.length > 1
  return (
    <section class="blank-area" id={`area-${dimension.id}`}>
      <h2>{t('instrument.questionnaire.area', { number, name })}</h2>
      <p class="blank-lead">{description}</p>
      {dimension.indicators.map((indicator) => (
        <div key={indicator.id} class="question-group">
          {isSplit && <h3>{text.indicators[indicator.id]!.name}</h3>}
          {(isSplit || text.indicators[indicator.id]!.description !== description) && (
            <p class="question-group-description">{text.indicators[indicator.id]!.description}</p>
          )}
          {indicator.questions.map((rules) => (
            <BlankQuestion
              key={rules.id}
              t={t}
              rules={rules}
              number={numbers.get(rules.id)!}
              parentNumber={numbers.get(rules.visibleIf?.question ?? '') ?? 0}
              text={text}
              level={isSplit ? 4 : 3}
            />
          ))}
        </div>
      ))}
    </section>
  )
}

/** The whole blank questionnaire, to be read or printed before anyone answers. */
export function QuestionnairePage({ t, instrument }: { t: Translator; instrument: Instrument }) {
  const text = textOf(instrument, t.language)
  const numbers = new Map(questionsOf(instrument).map(({ id }, i) => [id, i + 1]))
  const parts: PartProps = { t, instrument, text, numbers }
  return (
    <div lang={text.language === t.language ? undefined : text.language}>
      <PageHeading title={text.instrument.title} lead={text.instrument.subtitle} />
      <div class="prose">
        <p>{text.instrument.introduction}</p>
        <p>
          {t('instrument.questionnaire.version', { version: instrument.version, count: numbers.size })}{' '}
          <a href="/method">{t('instrument.questionnaire.method')}</a>
        </p>
        <p class="screen-only">
          <a href="/quick-check">{t('quickcheck.link')}</a>:{' '}
          {t('quickcheck.linkText', { count: questionsOf(instrument).filter(({ anchor }) => anchor).length })}
        </p>
      </div>
      <div class="screen-only section">
        <Notice kind="information" title={t('instrument.questionnaire.print')}>
          <p>{t('instrument.questionnaire.printHow')}</p>
        </Notice>
      </div>
      <HowToFillIn t={t} />
      <Terms t={t} text={text} />
      <Scopes {...parts} />
      <Contents {...parts} />
      {instrument.dimensions.map((dimension, i) => (
        <Area key={dimension.id} {...parts} dimension={dimension} number={i + 1} />
      ))}
    </div>
  )
}
