import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Person } from '../../../permissions.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import type { City } from '../../cities/city.ts'
import type { CityFact } from '../../cities/fact.ts'
import { factText } from '../../cities/pages/fact-text.ts'
import { KeyFields, ValueFields } from '../../cities/pages/FactFormPage.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { SourceText } from '../../cities/pages/SourceText.tsx'
import type { FactProposal } from '../partner.ts'

interface Props {
  t: Translator
  person: Person
  city: City
  proposals: FactProposal[]
  facts: CityFact[]
  canPropose: boolean
  canDecide: boolean
  values: FormValues
  errors: FormErrors
  notice: 'proposed' | 'accepted' | 'declined' | 'withdrawn' | null
}

function stateText(t: Translator, { decision, decidedAt, withdrawnAt, decisionNote }: FactProposal): string {
  if (withdrawnAt !== null) return t('partners.suggestions.withdrawn', { date: formatDate(t.language, withdrawnAt) })
  if (decision === null) return t('partners.proposals.waits')
  const text = t(`partners.suggestions.${decision}`, { date: formatDate(t.language, decidedAt!) })
  return decisionNote === null ? text : `${text} ${decisionNote}`
}

function Steps({ t, person, city, canDecide, proposal }: Props & { proposal: FactProposal }) {
  const action = `/cities/${city.slug}/proposals/${proposal.id}`
  const suffix = t(`cities.fact.name.${proposal.fact}`)
  if (proposal.decidedAt !== null || proposal.withdrawnAt !== null) return null
  if (canDecide)
    return (
      <form class="form-actions" method="post" action={`${action}/decide`}>
        <Button kind="secondary" name="decision" value="accepted" hiddenSuffix={suffix}>
          {t('partners.proposals.takeOver')}
        </Button>
        <Button kind="quiet" name="decision" value="declined" hiddenSuffix={suffix}>
          {t('partners.suggestions.decline')}
        </Button>
      </form>
    )
  if (proposal.by?.id !== person.id) return null
  return (
    <form method="post" action={`${action}/withdraw`}>
      <Button kind="quiet" hiddenSuffix={suffix}>
        {t('partners.suggestions.takeBack')}
      </Button>
    </form>
  )
}

function Proposals(props: Props) {
  const { t, proposals, facts } = props
  const storedOf = ({ fact, year }: FactProposal) => facts.find((each) => each.fact === fact && each.year === year)
  return (
    <DataTable
      id="proposals"
      caption={t('partners.proposals.caption')}
      isCaptionHidden
      narrow="stack"
      emptyText={t('partners.proposals.empty')}
      columns={[
        { id: 'figure', header: t('partners.proposals.figure') },
        { id: 'value', header: t('partners.proposals.value'), align: 'end' },
        { id: 'stored', header: t('partners.proposals.stored'), align: 'end' },
        { id: 'source', header: t('partners.proposals.source') },
        { id: 'state', header: t('partners.proposals.state') },
        { id: 'steps', header: t('partners.proposals.steps') },
      ]}
      rows={proposals.map((proposal) => {
        const stored = storedOf(proposal)
        return {
          id: proposal.id,
          cells: {
            figure: `${t(`cities.fact.name.${proposal.fact}`)}, ${proposal.year}`,
            value: factText(t, proposal.fact, proposal.value),
            stored: stored === undefined ? '–' : factText(t, stored.fact, stored.value),
            source: (
              <div>
                <SourceText source={proposal.source} />
                {proposal.note !== null && <p>{proposal.note}</p>}
                <p class="small">
                  {t('partners.suggestions.by', { name: proposal.by?.name ?? '–', date: formatDate(t.language, proposal.createdAt) })}
                </p>
              </div>
            ),
            state: stateText(t, proposal),
            steps: <Steps {...props} proposal={proposal} />,
          },
        }
      })}
    />
  )
}

/** Official figures that a partner proposes; the city takes them over into its facts. */
export function ProposalsPage(props: Props) {
  const { t, city, canPropose, values, errors, notice } = props
  return (
    <>
      <Breadcrumbs label={t('cities.crumbs')} links={[{ href: `/cities/${city.slug}`, text: city.name }]} />
      <FormProblems t={t} errors={errors} />
      {notice !== null && <Notice kind="success" title={t(`partners.proposals.done.${notice}`)} isAnnounced />}
      <PageHeading context={city.name} title={t('partners.proposals.title')} lead={t('partners.proposals.lead')} />
      <Proposals {...props} />
      {canPropose && (
        <section class="section">
          <h2>{t('partners.proposals.new')}</h2>
          <form class="form" method="post" action={`/cities/${city.slug}/proposals`} novalidate>
            <input type="hidden" name="_key" value={fieldOf(values, '_key')} />
            <KeyFields t={t} values={values} errors={errors} />
            <ValueFields t={t} values={values} errors={errors} />
            <TextField
              name="note"
              label={t('partners.suggest.note')}
              optionalText={t('guests.form.optional')}
              value={fieldOf(values, 'note')}
              error={errors.fields.note}
            />
            <FormActions>
              <Button>{t('partners.proposals.send')}</Button>
            </FormActions>
          </form>
        </section>
      )}
    </>
  )
}
