import type { Language } from '../../../text/catalogue.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { NavTabs } from '../../../ui/NavTabs.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { contextLine } from '../../assessments/pages/parts.tsx'
import type { OpenedQuestionnaire } from '../../assessments/usecases.ts'
import { questionsOf, textOf } from '../../instrument/instrument.ts'
import { byUrgency, countTranslations } from '../translation.ts'
import type { TranslationRow } from '../usecases.ts'
import { translationPath } from './TranslationPage.tsx'
import { languageName, stateText } from './words.ts'

interface Props {
  t: Translator
  opened: OpenedQuestionnaire
  rows: readonly TranslationRow[]
  language: Language
  languages: readonly Language[]
}

const excerptLength = 160 // characters

const excerpt = (text: string): string => (text.length <= excerptLength ? text : `${text.slice(0, excerptLength).trimEnd()} …`)

/** Every answer with a text, and how its translation stands; what needs work first. */
export function TranslationListPage({ t, opened, rows, language, languages }: Props) {
  const { assessment, whole } = opened
  const base = `/assessments/${assessment.id}`
  const numbers = new Map(questionsOf(whole).map(({ id }, i) => [id, i + 1]))
  const text = textOf(whole, t.language)
  const counts = countTranslations(rows.map(({ state }) => state))
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(assessment) },
        ]}
      />
      <PageHeading
        context={contextLine(assessment)}
        title={t('translations.list.heading', { language: languageName(t, language) })}
        lead={t('translations.list.lead')}
      />
      {languages.length > 1 && (
        <NavTabs
          label={t('translations.languages')}
          links={languages.map((each) => ({
            href: `${base}/translations?language=${each}`,
            text: languageName(t, each),
            isCurrent: each === language,
          }))}
        />
      )}
      <p>
        <strong>{t('translations.list.counts', { ...counts })}</strong>
      </p>
      <DataTable
        id="translations"
        caption={t('translations.list.caption')}
        isCaptionHidden
        narrow="stack"
        emptyText={t('translations.list.empty', { language: languageName(t, language) })}
        columns={[
          { id: 'question', header: t('translations.column.question') },
          { id: 'state', header: t('translations.column.state') },
          { id: 'original', header: t('translations.column.original') },
        ]}
        rows={[...rows].sort(byUrgency).map(({ question, original, translation, state }) => ({
          id: question.id,
          href: translationPath(assessment.id, question.id, language),
          cells: {
            question: `${numbers.get(question.id)}. ${text.questions[question.id]!.question}`,
            state: stateText(t, translation, state),
            original: <span lang={original.language ?? undefined}>{excerpt(original.explanation ?? original.reason ?? '')}</span>,
          },
        }))}
      />
    </>
  )
}
