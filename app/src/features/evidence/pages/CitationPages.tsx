import type { ComponentChildren } from 'preact'
import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDate } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { InsetText } from '../../../ui/InsetText.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { contextLine, exclusionText } from '../../assessments/pages/parts.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { textOf } from '../../instrument/instrument.ts'
import type { CitedEvidence } from '../citation-queries.ts'
import { placeTag } from '../citation-usecases.ts'
import { earlierEnd, isUnopened, validityOf } from '../evidence.ts'
import {
  action,
  atTheirForm,
  FromLibrary,
  NewDocument,
  PlaceFields,
  type Question,
  type QuestionEvidencePageProps,
} from './AddCitation.tsx'
import {
  authorText,
  evidencePath,
  EvidenceTitle,
  formatText,
  isReadable,
  questionEvidencePath,
  readerPath,
  validityText,
} from './parts.tsx'

const wordingOf = ({ t, opened: { instrument, question } }: Question): string =>
  textOf(instrument, t.language).questions[question.id]!.question

function Crumbs({ t, opened }: Question) {
  const { assessment, question } = opened
  const base = `/assessments/${assessment.id}`
  return (
    <Breadcrumbs
      label={t('assessments.breadcrumbs')}
      links={[
        { href: base, text: contextLine(assessment) },
        { href: `${base}/questions/${question.id}`, text: wordingOf({ t, opened }) },
      ]}
    />
  )
}

/** What proves one answer, and two ways to add to it. */
export function QuestionEvidencePage(props: QuestionEvidencePageProps) {
  const { t, opened, done, errors, refusal } = props
  return (
    <>
      <Crumbs t={t} opened={opened} />
      {done !== null && (
        <div class="page-notice">
          <Notice kind="success" title={t(`evidence.cited.${done}`)} isAnnounced />
        </div>
      )}
      <FormProblems t={t} errors={atTheirForm(errors, props.values)} />
      <PageHeading
        context={wordingOf(props)}
        title={t('evidence.cited.title')}
        lead={opened.exclusion === null ? textOf(opened.instrument, t.language).evidence[opened.question.evidence] : undefined}
      />
      {opened.exclusion !== null && (
        <Notice kind="information" title={t('evidence.cited.notNeeded')}>
          <p>{exclusionText(t, opened.instrument, opened.exclusion)}</p>
        </Notice>
      )}
      {isListShown(props) && <Cited {...props} />}
      {opened.exclusion !== null ? null : refusal === null ? (
        <div class="citation-ways">
          <NewDocument {...props} />
          <FromLibrary {...props} />
        </div>
      ) : (
        <Notice kind="information" title={t('evidence.cited.readOnly')}>
          <p>{refusal}</p>
        </Notice>
      )}
      <p class="section">
        <a href={`/assessments/${opened.assessment.id}/questions/${opened.question.id}`}>{t('evidence.cited.back')}</a>
      </p>
    </>
  )
}

/** Of a question that is not asked, only what was cited before is worth a list. */
const isListShown = ({ opened: { exclusion, cited, hidden } }: QuestionEvidencePageProps): boolean =>
  exclusion === null || cited.length + hidden > 0

function Cited(props: QuestionEvidencePageProps) {
  const { t, opened } = props
  return (
    <section class="section" aria-labelledby="cited-title">
      <h2 id="cited-title">{t('evidence.cited.list', { count: opened.cited.length })}</h2>
      {opened.cited.length === 0 && opened.hidden === 0 && <p>{t('evidence.cited.empty')}</p>}
      <ul class="citation-list">
        {opened.cited.map((cited) => (
          <CitationEntry key={cited.citation.id} {...props} cited={cited} />
        ))}
      </ul>
      {opened.hidden > 0 && <p>{t('evidence.cited.hidden', { count: opened.hidden })}</p>}
    </section>
  )
}

/** Whether the document still counts, and whether it can be opened at all. */
function Standing({
  t,
  evidence,
  end,
  now,
  href,
}: Pick<Question, 't'> & { evidence: CitedEvidence['evidence']; end: string | null; now: Date; href: string }) {
  return (
    <>
      {evidence.removedAt !== null ? (
        <p class="evidence-expired">{t('evidence.cited.removed')}</p>
      ) : (
        <p class={validityOf(end, now) === 'expired' ? 'evidence-expired' : undefined}>
          {t('evidence.cited.validity', { validity: validityText(t, end, now) })}
        </p>
      )}
      {evidence.file !== null && isUnopened(evidence.file) && (
        <p>
          <span class="evidence-unopened">{t('evidence.text.unopened')}</span>{' '}
          <Named href={href} text={t('evidence.unopened.what')} of={evidence.title} />
        </p>
      )}
    </>
  )
}

/** One citation: document, place, validity, and what can be done. */
function CitationEntry({ t, opened, cited: { citation, evidence }, refusal, now }: QuestionEvidencePageProps & { cited: CitedEvidence }) {
  const { slug } = opened.assessment.city
  const end = earlierEnd(citation.validUntil, evidence.validUntil)
  const path = `${questionEvidencePath(opened.assessment.id, opened.question.id)}/${citation.id}`
  return (
    <li class="citation">
      <p class="citation-title">
        <a href={evidencePath(slug, evidence.id)}>
          <EvidenceTitle evidence={evidence} />
        </a>
      </p>
      <p class="citation-meta">
        {[
          formatText(t, evidence),
          ...(citation.page === null ? [] : [t('evidence.page', { page: citation.page })]),
          t('evidence.addedBy', { date: formatDate(t.language, citation.createdAt), name: authorText(t, citation.author) }),
        ].join(' · ')}
      </p>
      <Standing t={t} evidence={evidence} end={end} now={now} href={evidencePath(slug, evidence.id)} />
      {citation.quotation !== null && <InsetText lang={evidence.language ?? undefined}>{citation.quotation}</InsetText>}
      {citation.note !== null && <p>{citation.note}</p>}
      <div class="citation-actions">
        {isReadable(evidence) && (
          <Named href={readerPath(slug, evidence.id, citation)} text={t('evidence.cited.read')} of={evidence.title} />
        )}
        {evidence.url !== null && (
          <a href={evidence.url} rel="noreferrer noopener external">
            {t('evidence.entry.open')}
          </a>
        )}
        {refusal === null && <Named href={path} text={t('evidence.cited.edit')} of={evidence.title} />}
      </div>
    </li>
  )
}

/** A link whose words say what it belongs to, for those who only hear them. */
function Named({ href, text, of }: { href: string; text: ComponentChildren; of: string }) {
  return (
    <a href={href}>
      {text}
      <span class="visually-hidden"> ({of})</span>
    </a>
  )
}

export interface CitationPageProps extends Question {
  cited: CitedEvidence
  values: FormValues
  errors: FormErrors
  /** Somebody else has changed the place meanwhile. */
  clash: boolean
}

/** Changes a citation, or takes it back. */
export function CitationPage(props: CitationPageProps) {
  const { t, opened, cited, values, errors, clash } = props
  const { citation, evidence } = cited
  const path = `${action(props)}/${citation.id}`
  const stored = [citation.page === null ? null : t('evidence.page', { page: citation.page }), citation.quotation]
    .filter(Boolean)
    .join(' · ')
  return (
    <>
      <Crumbs t={t} opened={opened} />
      <FormProblems t={t} errors={errors} />
      <PageHeading context={<EvidenceTitle evidence={evidence} />} title={t('evidence.citation.title')} />
      {clash && (
        <div class="page-notice">
          <Notice kind="warning" title={t('evidence.edit.clash')}>
            <p>{stored === '' ? t('evidence.none') : stored}</p>
            <p>{t('evidence.edit.clashNow')}</p>
          </Notice>
        </div>
      )}
      <form class="form" method="post" action={path} novalidate>
        <input type="hidden" name="seen" value={clash ? placeTag(citation) : fieldOf(values, 'seen')} />
        <PlaceFields t={t} prefix="" values={values} errors={errors} />
        <FormActions>
          <Button>{t('evidence.edit.save')}</Button>
          <ButtonLink href={action(props)} kind="quiet">
            {t('evidence.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
      <section class="section" aria-labelledby="back-title">
        <h2 id="back-title">{t('evidence.citation.takeBackTitle')}</h2>
        <p>{t('evidence.citation.takeBackText')}</p>
        <form method="post" action={`${path}/take-back`}>
          <Button kind="secondary">{t('evidence.citation.takeBack')}</Button>
        </form>
      </section>
    </>
  )
}
