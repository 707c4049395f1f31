import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDateTime, type Translator } from '../../../text/text.ts'
import type { Language } from '../../../text/catalogue.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { TextDifference } from '../../../ui/TextDifference.tsx'
import { wordDifference } from '../../../word-difference.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { textOf } from '../../instrument/instrument.ts'
import { maximumTranslation, targetLanguages, type Translation } from '../translation.ts'
import { checkProblem, type OpenedTranslation } from '../usecases.ts'
import { languageName, stateText } from './words.ts'

interface Props {
  t: Translator
  opened: OpenedTranslation
  values: FormValues
  errors: FormErrors
  /** What was just done: a text key under translations.done; null = nothing. */
  done: 'saved' | 'checked' | null
  readOnly: string | null
}

const parts = ['explanation', 'reason'] as const

export const translationPath = (assessmentId: string, questionId: string, language: Language): string =>
  `/assessments/${assessmentId}/questions/${questionId}/translation?language=${language}`

/** What changed in the original since it was translated. */
function Outdated({ t, opened: { original, originalThen, translation } }: Props) {
  return (
    <Notice kind="warning" title={t('translations.outdated.title')}>
      {translation !== null && (
        <p>
          {t('translations.outdated.by', {
            name: translation.translator ?? '–',
            date: formatDateTime(t.language, new Date(translation.translatedAt)),
          })}
        </p>
      )}
      <p>{originalThen === null ? t('translations.outdated.unknown') : t('translations.outdated.text')}</p>
      {originalThen !== null &&
        parts.map((part) => {
          if (originalThen[part] === original[part]) return null
          return (
            <div key={part}>
              <p>
                <strong>{t(`translations.${part}`)}</strong>
              </p>
              <TextDifference
                parts={wordDifference(originalThen[part] ?? '', original[part] ?? '')}
                lang={original.language ?? undefined}
                removedLabel={t('translations.difference.removed')}
                addedLabel={t('translations.difference.added')}
              />
            </div>
          )
        })}
    </Notice>
  )
}

/** The texts of somebody who was quicker, beside the form with one's own. */
function Theirs({ t, translation, language }: { t: Translator; translation: Translation; language: Language }) {
  const who = { name: translation.translator ?? '–', date: formatDateTime(t.language, new Date(translation.translatedAt)) }
  return (
    <InsetText>
      <p>
        <strong>{t('translations.theirs', who)}</strong>
      </p>
      {parts.map(
        (part) =>
          translation[part] !== null && (
            <p key={part} class="answer-explanation" lang={language}>
              {translation[part]}
            </p>
          ),
      )}
    </InsetText>
  )
}

function Original({ t, opened: { original }, part }: Pick<Props, 't' | 'opened'> & { part: (typeof parts)[number] }) {
  return (
    <div class="translation-original">
      <p class="field-label">{t(`translations.original.${part}`, { language: languageName(t, original.language) })}</p>
      <p class="answer-explanation" lang={original.language ?? undefined}>
        {original[part]}
      </p>
    </div>
  )
}

function Pair({ t, opened, values, errors, readOnly, part }: Props & { part: (typeof parts)[number] }) {
  const { language, original } = opened
  if (original[part] === null) return null
  return (
    <div class="translation-pair">
      <Original t={t} opened={opened} part={part} />
      <TextAreaField
        name={part}
        label={t(`translations.in.${part}`, { language: languageName(t, language) })}
        rows={8}
        maxLength={maximumTranslation}
        lang={language}
        isReadOnly={readOnly !== null}
        value={fieldOf(values, part)}
        error={errors.fields[part]}
      />
    </div>
  )
}

function CheckForm({ t, opened, readOnly }: Props) {
  const { assessment, question, language, translation } = opened
  const problem = checkProblem(opened)
  const reason = readOnly ?? (problem === null ? undefined : t(`translations.step.${problem}`))
  if (problem === 'checked') return null
  return (
    <form method="post" action={`/assessments/${assessment.id}/questions/${question.id}/translation/check`} class="section">
      <h2>{t('translations.check.title')}</h2>
      <p>{t('translations.check.text')}</p>
      <input type="hidden" name="language" value={language} />
      <input type="hidden" name="version" value={translation?.version ?? 0} />
      <FormActions>
        <Button id="check" kind="secondary" unavailableReason={reason}>
          {t('translations.check.button')}
        </Button>
      </FormActions>
    </form>
  )
}

function TranslationForm(props: Props) {
  const { t, opened, errors, readOnly } = props
  const { assessment, question, language, translation, state, sourceHash } = opened
  return (
    <form method="post" action={`/assessments/${assessment.id}/questions/${question.id}/translation`} class="translation-form" novalidate>
      <input type="hidden" name="language" value={language} />
      <input type="hidden" name="version" value={translation?.version ?? 0} />
      <input type="hidden" name="sourceHash" value={sourceHash} />
      {parts.map((part) => (
        <Pair key={part} {...props} part={part} />
      ))}
      {errors.summary !== null && translation !== null && <Theirs t={t} translation={translation} language={language} />}
      {readOnly === null && (
        <FormActions>
          <Button>{t(state === 'outdated' ? 'translations.form.saveAgain' : 'translations.form.save')}</Button>
        </FormActions>
      )}
    </form>
  )
}

/** The texts of one answer: the original beside its translation; below each other on a phone. */
export function TranslationPage(props: Props) {
  const { t, opened, errors, done, readOnly } = props
  const { assessment, instrument, question, original, language, translation, state } = opened
  const base = `/assessments/${assessment.id}`
  const others = targetLanguages(original.language)
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: base, text: contextLine(assessment) },
          { href: `${base}/translations?language=${language}`, text: t('translations.list.title') },
          { href: `${base}/questions/${question.id}`, text: t('assessments.history.question') },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      {done !== null && <Notice kind="success" title={t(`translations.done.${done}`)} isAnnounced />}
      <PageHeading
        context={contextLine(assessment)}
        title={t('translations.title', { language: languageName(t, language) })}
        lead={textOf(instrument, t.language).questions[question.id]!.question}
      />
      {others.length > 1 && (
        <NavTabs
          label={t('translations.languages')}
          links={others.map((each) => ({
            href: translationPath(assessment.id, question.id, each),
            text: languageName(t, each),
            isCurrent: each === language,
          }))}
        />
      )}
      {state !== 'outdated' && (
        <p>
          <strong>{stateText(t, translation, state)}</strong>
        </p>
      )}
      {readOnly !== null && (
        <Notice kind="information" title={t('assessments.readOnly.title')}>
          <p>{readOnly}</p>
        </Notice>
      )}
      {state === 'outdated' && <Outdated {...props} />}
      <TranslationForm {...props} />
      <CheckForm {...props} />
    </>
  )
}
