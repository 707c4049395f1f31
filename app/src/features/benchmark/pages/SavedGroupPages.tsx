import type { FormErrors } from '../../../forms.ts'
import { formatDate, type Translator } from '../../../text/text.ts'
import { Button } from '../../../ui/Button.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { CheckboxGroup } from '../../../ui/CheckboxGroup.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { standardState } from '../compare-state.ts'
import type { SavedGroup } from '../saved-groups.ts'
import { CompareTabs } from './CompareFrame.tsx'

export const groupSteps = ['created', 'saved', 'deleted'] as const

interface ListProps {
  t: Translator
  groups: readonly SavedGroup[]
  /** What was just done. */
  done: (typeof groupSteps)[number] | undefined
}

/** The reader's own groups. */
export function SavedGroupsPage({ t, groups, done }: ListProps) {
  const rows = groups.map(({ id, name, cities, updatedAt }) => ({
    id,
    href: `/compare/groups/${id}`,
    cells: {
      name,
      cities: String(cities.length),
      changed: formatDate(t.language, updatedAt),
      compare: (
        <a href={`/compare?group=${id}`}>
          {t('compare.group.compare')}
          <span class="visually-hidden"> {name}</span>
        </a>
      ),
    },
  }))
  return (
    <>
      <PageHeading title={t('compare.group.title')} lead={t('compare.group.lead')} />
      <CompareTabs t={t} state={standardState} current="/groups" isSignedIn />
      {done !== undefined && (
        <div class="page-notice">
          <Notice kind="success" title={t(`compare.group.done.${done}`)} isAnnounced />
        </div>
      )}
      {groups.length === 0 ? (
        <EmptyState
          title={t('compare.group.empty.title')}
          action={<ButtonLink href="/compare">{t('compare.group.empty.action')}</ButtonLink>}
        >
          {t('compare.group.empty')}
        </EmptyState>
      ) : (
        <DataTable
          id="groups"
          caption={t('compare.group.title')}
          isCaptionHidden
          narrow="stack"
          emptyText=""
          rows={rows}
          columns={[
            { id: 'name', header: t('compare.group.name') },
            { id: 'cities', header: t('compare.group.cities'), align: 'end', isNarrow: true },
            { id: 'changed', header: t('compare.group.changed') },
            { id: 'compare', header: t('compare.group.column.compare') },
          ]}
        />
      )}
    </>
  )
}

/** A city as a group names it; a slug that no city has any more stands for itself. */
export interface GroupCity {
  slug: string
  name: string
}

interface FormProps {
  t: Translator
  cities: readonly GroupCity[]
  name: string
  errors: FormErrors
}

function CityNames({ t, cities }: Pick<FormProps, 't' | 'cities'>) {
  return (
    <Disclosure summary={t('compare.group.which', { count: cities.length })} isOpen={cities.length <= 10}>
      <p>{cities.map(({ name }) => name).join(', ')}</p>
    </Disclosure>
  )
}

/** Gives a name to the cities that were picked or found. */
export function NewGroupPage({ t, cities, name, errors, formKey }: FormProps & { formKey: string }) {
  return (
    <>
      <PageHeading title={t('compare.group.new.title')} lead={t('compare.group.new.lead')} />
      <FormProblems t={t} errors={errors} />
      <form class="form" method="post" action="/compare/groups">
        <input type="hidden" name="_key" value={formKey} />
        <input type="hidden" name="cities" value={cities.map(({ slug }) => slug).join(',')} />
        <TextField
          name="name"
          label={t('compare.group.name')}
          hint={t('compare.group.name.hint')}
          value={name}
          error={errors.fields['name']}
        />
        <CityNames t={t} cities={cities} />
        <FormActions>
          <Button>{t('compare.group.new.save')}</Button>
          <a href="/compare">{t('compare.group.cancel')}</a>
        </FormActions>
      </form>
    </>
  )
}

/** Nothing was picked, or too much was found. */
export function NoGroupPage({ t, count, most }: { t: Translator; count: number; most: number }) {
  return (
    <>
      <PageHeading title={t('compare.group.new.title')} />
      <EmptyState
        title={t(count === 0 ? 'compare.group.none.title' : 'compare.group.tooMany.title')}
        action={<ButtonLink href="/compare">{t('compare.group.empty.action')}</ButtonLink>}
      >
        {t(count === 0 ? 'compare.group.none' : 'compare.group.tooMany', { count, most })}
      </EmptyState>
    </>
  )
}

interface EditProps extends FormProps {
  group: SavedGroup
  version: string
  chosen: readonly string[]
}

/** Renames a group, takes cities out of it, or deletes it. */
export function GroupPage({ t, group, cities, name, version, chosen, errors }: EditProps) {
  const action = `/compare/groups/${group.id}`
  return (
    <>
      <PageHeading title={group.name} lead={t('compare.group.edit.lead', { count: group.cities.length })} />
      <FormProblems t={t} errors={errors} />
      <p class="page-action">
        <ButtonLink href={`/compare?group=${group.id}`}>{t('compare.group.compare')}</ButtonLink>
      </p>
      <form class="form city-choices" method="post" action={action}>
        <input type="hidden" name="version" value={version} />
        <TextField name="name" label={t('compare.group.name')} value={name} error={errors.fields['name']} />
        <CheckboxGroup
          name="cities"
          label={t('compare.group.keep')}
          hint={t('compare.group.keep.hint')}
          error={errors.fields['cities']}
          values={chosen}
          options={cities.map(({ slug, name: label }) => ({ value: slug, label }))}
        />
        <FormActions>
          <Button kind="secondary">{t('compare.group.save')}</Button>
          <a href="/compare/groups">{t('compare.group.cancel')}</a>
        </FormActions>
      </form>
      <section class="section prose" aria-labelledby="delete">
        <h2 id="delete">{t('compare.group.delete.title')}</h2>
        <p>{t('compare.group.delete.text')}</p>
        <form method="post" action={`${action}/delete`}>
          <input type="hidden" name="version" value={version} />
          <Button kind="danger">{t('compare.group.delete')}</Button>
        </form>
      </section>
    </>
  )
}
