import { fieldOf, type FormErrors, type FormValues } from '../../../forms.ts'
import type { Translator } from '../../../text/text.ts'
import { Breadcrumbs } from '../../../ui/Breadcrumbs.tsx'
import { Button } from '../../../ui/Button.tsx'
import { DataTable } from '../../../ui/DataTable.tsx'
import { Disclosure } from '../../../ui/Disclosure.tsx'
import { Notice } from '../../../ui/Notice.tsx'
import { PageHeading } from '../../../ui/PageHeading.tsx'
import { RadioGroup } from '../../../ui/RadioGroup.tsx'
import { TextAreaField } from '../../../ui/TextAreaField.tsx'
import { FormProblems } from '../../cities/pages/FormProblems.tsx'
import { departmentsOf } from '../department.ts'
import type { Arrangement } from '../usecases.ts'
import { ContactFields } from './ContactFields.tsx'

export const departmentNotices = ['added', 'updated', 'ended', 'contact-added', 'contact-updated', 'contact-ended', 'settings'] as const

/** Which of the forms of the page is shown again. */
export type DepartmentForm = 'departments' | 'contact' | 'settings'

interface Props extends Arrangement {
  t: Translator
  notice: (typeof departmentNotices)[number] | null
  /** What was typed into a form that was refused. */
  again: { form: DepartmentForm; values: FormValues; errors: FormErrors } | null
  newKey: () => string
}

/** Departments of a city, their people, and people without an account who are responsible for answers. */
export function DepartmentsPage(props: Props) {
  const { t, city, canArrange, notice, again } = props
  return (
    <>
      <Breadcrumbs
        label={t('cities.crumbs')}
        links={[
          { href: '/home', text: t('app.nav.home') },
          { href: `/cities/${city.slug}`, text: city.name },
        ]}
      />
      {again && <FormProblems t={t} errors={again.errors} />}
      {notice && (
        <div class="page-notice">
          <Notice kind="success" title={t(`departments.done.${notice}`)} isAnnounced />
        </div>
      )}
      <PageHeading
        context={city.name}
        title={t('departments.title')}
        lead={t(canArrange ? 'departments.lead' : 'departments.leadReading')}
      />
      <DepartmentTable {...props} />
      {canArrange && <NewDepartments {...props} />}
      <ContactSection {...props} />
      <SettingsSection {...props} />
    </>
  )
}

function DepartmentTable({ t, city, departments, colleagues, contacts, canArrange }: Props) {
  const nameOf = new Map(colleagues.map(({ id, name }) => [id, name]))
  const unplaced = colleagues.filter(({ id, roles }) => roles.includes('contributor') && departmentsOf({ departments }, id).length === 0)
  return (
    <>
      <DataTable
        id="departments"
        caption={t('departments.caption', { city: city.name })}
        isCaptionHidden
        narrow="stack"
        emptyText={t(canArrange ? 'departments.empty' : 'departments.emptyReading')}
        columns={[
          { id: 'name', header: t('departments.column.name') },
          { id: 'members', header: t('departments.column.members') },
          { id: 'contacts', header: t('departments.column.contacts') },
        ]}
        rows={departments.map(({ id, name, memberIds }) => ({
          id,
          href: canArrange ? `/cities/${city.slug}/departments/${id}` : undefined,
          cells: {
            name,
            members: memberIds.map((each) => nameOf.get(each)).join(', ') || t('departments.noMembers'),
            contacts:
              contacts
                .filter(({ departmentId }) => departmentId === id)
                .map((contact) => contact.name)
                .join(', ') || '–',
          },
        }))}
      />
      {canArrange && departments.length > 0 && unplaced.length > 0 && (
        <p>{t('departments.unplaced', { names: unplaced.map(({ name }) => name).join(', '), count: unplaced.length })}</p>
      )}
      {canArrange && (
        <p>
          <a href={`/cities/${city.slug}/people`}>{t('departments.people')}</a>
        </p>
      )}
    </>
  )
}

const againOf = ({ again }: Props, form: DepartmentForm) => (again?.form === form ? again : { values: {}, errors: null })

function NewDepartments(props: Props) {
  const { t, city, departments, newKey } = props
  const { values, errors } = againOf(props, 'departments')
  const form = (
    <form class="form" method="post" action={`/cities/${city.slug}/departments`} novalidate>
      <input type="hidden" name="_key" value={newKey()} />
      <TextAreaField
        name="names"
        label={t('departments.add.label')}
        hint={t('departments.add.hint')}
        rows={departments.length === 0 ? 6 : 3}
        value={fieldOf(values, 'names')}
        error={errors?.fields.names ?? errors?.fields['names.0']}
      />
      <div>
        <Button kind={departments.length === 0 ? 'primary' : 'secondary'}>{t('departments.add.button')}</Button>
      </div>
    </form>
  )
  if (departments.length === 0) return <section class="section">{form}</section>
  return (
    <section class="section">
      <Disclosure summary={t('departments.add.title')} isOpen={errors !== null}>
        {form}
      </Disclosure>
    </section>
  )
}

function ContactSection(props: Props) {
  const { t, city, contacts, departments, canArrange, newKey } = props
  const { values, errors } = againOf(props, 'contact')
  if (!canArrange && contacts.length === 0) return null
  return (
    <section class="section">
      <h2>{t('departments.contacts.title')}</h2>
      <p class="prose">{t('departments.contacts.lead')}</p>
      {contacts.length > 0 && (
        <DataTable
          id="contacts"
          caption={t('departments.contacts.title')}
          isCaptionHidden
          narrow="stack"
          emptyText={t('departments.contacts.empty')}
          columns={[
            { id: 'name', header: t('departments.contact.name') },
            { id: 'post', header: t('departments.contact.post') },
            { id: 'department', header: t('departments.column.name') },
            ...(canArrange ? [{ id: 'email', header: t('departments.contact.email') }] : []),
          ]}
          rows={contacts.map(({ id, name, post, email, departmentId }) => ({
            id,
            href: canArrange ? `/cities/${city.slug}/contacts/${id}` : undefined,
            cells: {
              name,
              post: post ?? '–',
              email: email ?? '–',
              department: departments.find((each) => each.id === departmentId)?.name ?? '–',
            },
          }))}
        />
      )}
      {canArrange && (
        <Disclosure summary={t('departments.contact.add')} isOpen={errors !== null}>
          <form class="form" method="post" action={`/cities/${city.slug}/contacts`} novalidate>
            <input type="hidden" name="_key" value={newKey()} />
            <ContactFields t={t} departments={departments} values={values} errors={errors} />
            <div>
              <Button kind="secondary">{t('departments.contact.addButton')}</Button>
            </div>
          </form>
        </Disclosure>
      )}
    </section>
  )
}

/** What contributors read: to be decided by the coordination, to be known by everybody. */
function SettingsSection(props: Props) {
  const { t, city, settings, canArrange } = props
  const { errors } = againOf(props, 'settings')
  const present = settings.contributorsSeeAll ? 'all' : 'own'
  return (
    <section class="section">
      <h2>{t('departments.settings.title')}</h2>
      {canArrange ? (
        <form class="form" method="post" action={`/cities/${city.slug}/settings`} novalidate>
          <input type="hidden" name="version" value={settings.version} />
          <RadioGroup
            name="contributorsSeeAll"
            label={t('departments.settings.label')}
            hint={t('departments.settings.hint')}
            value={present}
            error={errors?.fields.contributorsSeeAll}
            options={(['own', 'all'] as const).map((value) => ({
              value,
              label: t(`departments.settings.${value}`),
              hint: t(`departments.settings.${value}Hint`),
            }))}
          />
          <div>
            <Button kind="secondary">{t('departments.settings.save')}</Button>
          </div>
        </form>
      ) : (
        <p>{t(`departments.settings.${present}Reading`)}</p>
      )}
    </section>
  )
}
