import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { questionsOf, type Scope, textOf } from '../../instrument/instrument.ts'
import { newestStatements, type ScopeStatement } from '../scope.ts'
import type { OpenedScope } from '../scope-usecases.ts'
import { contextLine } from './parts.tsx'

/** Names of the two fields of a scope in the form. */
export const scopeField = (id: string): string => `responsible-${id}`
export const reasonField = (id: string): string => `reason-${id}`

interface Props {
  t: Translator
  opened: OpenedScope
  values: FormValues
  errors: FormErrors
  isSaved: boolean
  /** Why this person cannot change it; null = they can. */
  readOnly: string | null
}

function answerWords(t: Translator, statement: ScopeStatement | undefined): string {
  if (statement === undefined || statement.isResponsible === null) return t('scope.state.open')
  return statement.isResponsible ? t('scope.state.yes') : t('scope.state.no', { reason: statement.reason ?? '' })
}

/** The questions that are not asked where the city is not responsible. */
function Questions({ t, opened: { instrument }, scope }: Pick<Props, 't' | 'opened'> & { scope: Scope }) {
  const numbers = new Map(questionsOf(instrument).map(({ id }, i) => [id, i + 1]))
  const text = textOf(instrument, t.language)
  return (
    <Disclosure summary={t('scope.questions', { count: scope.questions.length })}>
      <ul class="scope-questions">
        {scope.questions.map((id) => (
          <li key={id}>
            {numbers.get(id)}. {text.questions[id]!.question}
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

function ScopeFields({ t, opened, values, errors, scope }: Props & { scope: Scope }) {
  const text = textOf(opened.instrument, t.language).scopes![scope.id]!
  const statement = newestStatements(opened.statements).get(scope.id)
  return (
    <section class="scope-question">
      <h2>{text.name}</h2>
      <RadioGroup
        name={scopeField(scope.id)}
        isLarge
        label={text.question}
        hint={text.hint}
        value={fieldOf(values, scopeField(scope.id))}
        options={[
          { value: 'yes', label: t('scope.form.yes') },
          { value: 'no', label: t('scope.form.no') },
        ]}
      />
      <div class="scope-reason">
        <TextField
          name={reasonField(scope.id)}
          label={t('scope.form.reason')}
          hint={t('scope.form.reasonHint')}
          value={fieldOf(values, reasonField(scope.id))}
          error={errors.fields[reasonField(scope.id)]}
          autoComplete="off"
        />
      </div>
      <Disclosure summary={t('scope.form.whatCounts')}>
        <p>{text.whatCounts}</p>
      </Disclosure>
      <Questions t={t} opened={opened} scope={scope} />
      {errors.summary !== null && <p class="scope-stored">{t('scope.form.stored', { state: answerWords(t, statement) })}</p>}
      {statement?.author && (
        <p class="small">
          {t('scope.stated', { name: statement.author.name, date: formatDate(t.language, new Date(statement.statedAt)) })}
        </p>
      )}
    </section>
  )
}

/** The statements for whoever reads them only. */
function Statements({ t, opened }: Props) {
  const { instrument, statements } = opened
  const text = textOf(instrument, t.language)
  const newest = newestStatements(statements)
  return (
    <SummaryList
      rows={(instrument.scopes ?? []).map((scope) => ({
        term: text.scopes![scope.id]!.name,
        isEmpty: (newest.get(scope.id)?.isResponsible ?? null) === null,
        value: (
          <>
            <p>{text.scopes![scope.id]!.question}</p>
            <p>
              <strong>{answerWords(t, newest.get(scope.id))}</strong>
            </p>
            <Questions t={t} opened={opened} scope={scope} />
          </>
        ),
      }))}
    />
  )
}

function ScopeForm(props: Props) {
  const { t, opened } = props
  const base = `/assessments/${opened.assessment.id}`
  return (
    <form class="form scope-form" method="post" action={`${base}/scope`} novalidate>
      <input type="hidden" name="version" value={opened.version} />
      {(opened.instrument.scopes ?? []).map((scope) => (
        <ScopeFields key={scope.id} {...props} scope={scope} />
      ))}
      <FormActions>
        <Button>{t('scope.form.save')}</Button>
        <ButtonLink href={base} kind="quiet">
          {t('scope.form.later')}
        </ButtonLink>
      </FormActions>
    </form>
  )
}

/** Before the questions: what the city is responsible for. */
export function ScopePage(props: Props) {
  const { t, opened, errors, isSaved, readOnly } = props
  const { assessment, instrument } = opened
  const base = `/assessments/${assessment.id}`
  return (
    <>
      <Breadcrumbs
        label={t('assessments.breadcrumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: base, text: contextLine(assessment) },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      {isSaved && (
        <Notice kind="success" title={t('scope.saved')} isAnnounced>
          <p>
            <a href={base}>{t('scope.savedNext')}</a>
          </p>
        </Notice>
      )}
      <PageHeading context={contextLine(assessment)} title={t('scope.title')} lead={t('scope.lead')} />
      <div class="prose">
        <ul>
          <li>{t('scope.explain.count')}</li>
          <li>{t('scope.explain.kept')}</li>
          <li>{t('scope.explain.refuse')}</li>
        </ul>
      </div>
      {readOnly !== null && (
        <Notice kind="information" title={t('assessments.readOnly.title')}>
          <p>{readOnly}</p>
        </Notice>
      )}
      {(instrument.scopes ?? []).length === 0 ? (
        <p>{t('scope.none')}</p>
      ) : readOnly === null ? (
        <ScopeForm {...props} />
      ) : (
        <Statements {...props} />
      )}
    </>
  )
}
