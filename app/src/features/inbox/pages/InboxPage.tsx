import type { EvidenceSettings } from '../../../config.ts'
import { newFormKey } from '../../../forms.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { SelectField, type SelectOption } from '../../../ui/SelectField.tsx'
import { mayWrite } from '../../assessments/assignment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { isUnopened } from '../../evidence/evidence.ts'
import { evidencePath, readerPath } from '../../evidence/pages/parts.tsx'
import { UploadForm } from '../../evidence/pages/UploadForm.tsx'
import { questionNumbers, textOf } from '../../instrument/instrument.ts'
import { type OpenedInbox, perPage, type ProposedEntry } from '../usecases.ts'

interface Props extends OpenedInbox {
  t: Translator
  settings: EvidenceSettings
  page: number
  done: { filed: number; aside: number } | null
}

interface EntryProps {
  t: Translator
  slug: string
  entry: ProposedEntry
  /** Number and wording of a question. */
  label: (questionId: string) => string
  /** All questions that the person answers, grouped by area. */
  questions: readonly SelectOption[]
}

/** Where a document could belong; what is known from before is ticked already. */
function Proposals({ t, entry: { evidenceId, title, proposals }, label }: EntryProps) {
  const sure = proposals.filter(({ because }) => because !== 'words').map(({ questionId }) => questionId)
  return (
    <CheckboxGroup
      name={`q-${evidenceId}`}
      label={
        <>
          {t('inbox.proposals')}
          <span class="visually-hidden"> ({title})</span>
        </>
      }
      options={proposals.map(({ questionId, because }) => ({
        value: questionId,
        label: label(questionId),
        hint: because === 'words' ? undefined : t(`inbox.because.${because}`),
      }))}
      values={sure}
    />
  )
}

/** Any other question, or none at all. */
function OtherChoice({ t, entry: { evidenceId, title, proposals }, questions }: EntryProps) {
  const isKnown = proposals.length > 0
  return (
    <Disclosure
      summary={
        <>
          {t(isKnown ? 'inbox.another' : 'inbox.choose')}
          <span class="visually-hidden"> ({title})</span>
        </>
      }
      isOpen={!isKnown}
    >
      <SelectField
        name={`q-${evidenceId}`}
        id={`other-${evidenceId}`}
        label={t('inbox.question')}
        width="full"
        options={[
          { value: '', label: t('inbox.none') },
          ...questions.filter(({ value }) => proposals.every((p) => p.questionId !== value)),
        ]}
        value=""
      />
      <CheckboxGroup
        name={`aside-${evidenceId}`}
        label={t('inbox.noQuestion')}
        options={[{ value: 'yes', label: t('inbox.aside') }]}
        values={[]}
      />
    </Disclosure>
  )
}

/** The name of the file, or only its kind when the title says the rest already. */
function fileText({ name, title }: ProposedEntry): string {
  const dot = name.lastIndexOf('.')
  return name.slice(0, dot).replaceAll('_', ' ').trim() === title ? name.slice(dot + 1).toUpperCase() : name
}

/** One document with its proposals; nothing is filed before the button at the end. */
function Entry(props: EntryProps) {
  const { t, slug, entry } = props
  const { evidenceId, title, proposals, extractedAt, pages, createdAt } = entry
  const facts = [
    fileText(entry),
    ...(pages === null ? [] : [t('inbox.pageCount', { count: pages })]),
    t('inbox.added', { date: formatDate(t.language, createdAt) }),
    ...(extractedAt === null ? [t('inbox.notRead')] : isUnopened(entry) ? [t('evidence.text.unopened')] : []),
  ]
  return (
    <li class="inbox-entry">
      <h2>
        <a href={pages === null ? evidencePath(slug, evidenceId) : readerPath(slug, evidenceId)}>{title}</a>
      </h2>
      <p class="inbox-facts">{facts.join(' · ')}</p>
      <input type="hidden" name="document" value={evidenceId} />
      {proposals.length > 0 && <Proposals {...props} />}
      <OtherChoice {...props} />
    </li>
  )
}

/** The questions that the person answers, each with its number, grouped by area. */
function questionChoices({ t, whole, reach }: Props): { label: (id: string) => string; questions: SelectOption[] } {
  const numbers = questionNumbers(whole)
  const { questions: texts, dimensions } = textOf(whole, t.language)
  const label = (id: string) => `${numbers.get(id)} ${texts[id]!.question}`
  const questions = whole.dimensions.flatMap((dimension) =>
    dimension.indicators
      .flatMap((indicator) => indicator.questions)
      .filter(({ id }) => mayWrite(reach, id))
      .map(({ id }) => ({ value: id, label: label(id), group: dimensions[dimension.id]!.name })),
  )
  return { label, questions }
}

function Waiting(props: Props) {
  const { t, assessment, entries, total, page } = props
  const base = `/assessments/${assessment.id}/inbox`
  const last = Math.ceil(total / perPage)
  const choices = questionChoices(props)
  const unread = entries.filter(({ extractedAt }) => extractedAt === null).length
  return (
    <>
      {unread > 0 && (
        <Notice kind="information" title={t('inbox.reading', { count: unread })}>
          <p>
            {t('inbox.readingText')} <a href={`${base}?page=${page}`}>{t('inbox.lookAgain')}</a>
          </p>
        </Notice>
      )}
      <form method="post" action={base}>
        <input type="hidden" name="_key" value={newFormKey()} />
        <input type="hidden" name="page" value={page} />
        <ul class="inbox-list">
          {entries.map((entry) => (
            <Entry key={entry.evidenceId} t={t} slug={assessment.city.slug} entry={entry} {...choices} />
          ))}
        </ul>
        <div class="inbox-confirm">
          <Button>{t('inbox.confirm')}</Button>
          <p class="small">{t('inbox.confirmText')}</p>
        </div>
      </form>
      {last > 1 && (
        <Pagination
          label={t('inbox.pages')}
          previous={page > 1 ? { href: `${base}?page=${page - 1}`, text: t('inbox.newer') } : undefined}
          status={t('inbox.position', { page, last })}
          next={page < last ? { href: `${base}?page=${page + 1}`, text: t('inbox.older') } : undefined}
        />
      )}
    </>
  )
}

/** Many files at once: they come in, questions are proposed, a person confirms. */
export function InboxPage(props: Props) {
  const { t, assessment, entries, total, aside, settings, done } = props
  const base = `/assessments/${assessment.id}/inbox`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/assessments/${assessment.id}`, text: contextLine(assessment) },
        ]}
      />
      {done !== null && (
        <div class="page-notice">
          <Notice kind="success" title={t('inbox.done', done)} isAnnounced />
        </div>
      )}
      <PageHeading context={contextLine(assessment)} title={t('inbox.title', { count: total })} lead={t('inbox.lead')} />
      <Disclosure summary={t('inbox.add')} isOpen={total === 0}>
        <UploadForm t={t} slug={assessment.city.slug} settings={settings} formKey={newFormKey()} then={base}>
          <noscript>
            <p>
              {t('inbox.afterwards')} <a href={base}>{t('inbox.show')}</a>
            </p>
          </noscript>
        </UploadForm>
      </Disclosure>
      {entries.length === 0 ? <EmptyState title={t('inbox.empty')}>{t('inbox.emptyText')}</EmptyState> : <Waiting {...props} />}
      {aside > 0 && (
        <form method="post" action={`${base}/bring-back`} class="section">
          <Button kind="quiet">{t('inbox.bringBack', { count: aside })}</Button>
        </form>
      )}
    </>
  )
}
