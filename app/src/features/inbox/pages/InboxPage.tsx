import type { EvidenceSettings } from '../../../config.ts'
import { newFormKey } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { Pagination } from '../../../ui/Pagination.tsx'
import { SelectField } from '../../../ui/SelectField.tsx'
import { mayWrite } from '../../assessments/assignment.ts'
import { contextLine } from '../../assessments/pages/parts.tsx'
import { evidencePath, readerPath } from '../../evidence/pages/parts.tsx'
import { UploadForm } from '../../evidence/pages/UploadForm.tsx'
import { questionNumbers, questionsOf, textOf } from '../../instrument/instrument.ts'
import { type OpenedInbox, perPage, type ProposedEntry } from '../usecases.ts'

interface Props extends OpenedInbox {
  t: Translator
  settings: EvidenceSettings
  page: number
  done: { filed: number; aside: number } | null
}

/** One document: what it is, where it could belong; nothing is filed before the button at the end. */
function Entry({ t, assessment, whole, reach, entry }: Props & { entry: ProposedEntry }) {
  const numbers = questionNumbers(whole)
  const text = textOf(whole, t.language).questions
  const { evidenceId, title, proposals, extractedAt, pages } = entry
  const label = (id: string) => `${numbers.get(id)} ${text[id]!.question}`
  const sure = proposals.filter(({ because }) => because !== 'words').map(({ questionId }) => questionId)
  const others = questionsOf(whole).filter(({ id }) => mayWrite(reach, id) && !proposals.some(({ questionId }) => questionId === id))
  return (
    <li class="inbox-entry">
      <h3>
        <a href={pages === null ? evidencePath(assessment.city.slug, evidenceId) : readerPath(assessment.city.slug, evidenceId)}>{title}</a>
      </h3>
      {extractedAt === null && <p class="small">{t('inbox.notRead')}</p>}
      <input type="hidden" name="document" value={evidenceId} />
      {proposals.length > 0 && (
        <CheckboxGroup
          name={`q-${evidenceId}`}
          id={`q-${evidenceId}`}
          label={t('inbox.proposals')}
          options={proposals.map(({ questionId, because }) => ({
            value: questionId,
            label: label(questionId),
            hint: because === 'words' ? undefined : t(`inbox.because.${because}`),
          }))}
          values={sure}
        />
      )}
      <Disclosure summary={t(proposals.length === 0 ? 'inbox.choose' : 'inbox.another')}>
        <SelectField
          name={`q-${evidenceId}`}
          id={`other-${evidenceId}`}
          label={t('inbox.question')}
          width="full"
          options={[{ value: '', label: t('inbox.none') }, ...others.map(({ id }) => ({ value: id, label: label(id) }))]}
          value=""
        />
        <CheckboxGroup
          name={`aside-${evidenceId}`}
          id={`aside-${evidenceId}`}
          label={t('inbox.noQuestion')}
          options={[{ value: 'yes', label: t('inbox.aside') }]}
          values={[]}
        />
      </Disclosure>
    </li>
  )
}

function Waiting(props: Props) {
  const { t, assessment, entries, total, page } = props
  const base = `/assessments/${assessment.id}/inbox`
  const last = Math.ceil(total / perPage)
  return (
    <>
      <form method="post" action={base}>
        <input type="hidden" name="_key" value={newFormKey()} />
        <input type="hidden" name="page" value={page} />
        <ul class="plain-list">
          {entries.map((entry) => (
            <Entry key={entry.evidenceId} {...props} entry={entry} />
          ))}
        </ul>
        <p>{t('inbox.confirmText')}</p>
        <Button>{t('inbox.confirm')}</Button>
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
      {done !== null && <Notice kind="success" title={t('inbox.done', done)} isAnnounced />}
      <PageHeading context={contextLine(assessment)} title={t('inbox.title', { count: total })} lead={t('inbox.lead')} />
      <Disclosure summary={t('inbox.add')} isOpen={total === 0}>
        <UploadForm t={t} slug={assessment.city.slug} settings={settings} formKey={newFormKey()} />
        <p>
          <a href={base}>{t('inbox.show')}</a>
        </p>
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
