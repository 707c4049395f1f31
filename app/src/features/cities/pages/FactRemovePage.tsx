import type { FormErrors } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { SummaryList } from '../../../ui/SummaryList.tsx'
import type { City } from '../city.ts'
import type { CityFact } from '../fact.ts'
import { factText } from './fact-text.ts'
import { FormProblems } from './FormProblems.tsx'

/** Asks before a figure is removed. */
export function FactRemovePage({ t, city, fact, errors }: { t: Translator; city: City; fact: CityFact; errors: FormErrors }) {
  const back = `/cities/${city.slug}/facts`
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: `/cities/${city.slug}`, text: city.name },
          { href: back, text: t('cities.facts.crumb') },
        ]}
      />
      <FormProblems t={t} errors={errors} />
      <PageHeading title={t('cities.remove.title')} context={city.name} lead={t('cities.remove.lead')} />
      <form class="form" method="post" action={`${back}/${fact.fact}/${fact.year}/remove`}>
        <SummaryList
          rows={[
            { term: t('cities.facts.column.fact'), value: t(`cities.fact.name.${fact.fact}`) },
            { term: t('cities.facts.column.value'), value: factText(t, fact.fact, fact.value) },
            { term: t('cities.facts.column.year'), value: fact.year },
            { term: t('cities.facts.column.source'), value: fact.source },
          ]}
        />
        <input type="hidden" name="version" value={fact.version} />
        <FormActions>
          <Button kind="danger">{t('cities.remove.confirm')}</Button>
          <ButtonLink href={back} kind="quiet">
            {t('cities.form.cancel')}
          </ButtonLink>
        </FormActions>
      </form>
    </>
  )
}
