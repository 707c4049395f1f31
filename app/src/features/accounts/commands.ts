import { text } from 'node:stream/consumers'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { z } from 'zod'
import { inContext, systemContext } from '../../db/context.ts'
import type { Db } from '../../db/open.ts'
import { AppError } from '../../errors.ts'
import { messageText } from '../../problems.tsx'
import { isCityRole, type Role, roles } from '../../permissions.ts'
import type { Services } from '../../services.ts'
import { runCommand } from '../../terminal.ts'
import { formatDate, type Translator } from '../../text/text.ts'
import { recordEvent } from '../audit/queries.ts'
import { expiryFrom } from './invitation.ts'
import { invitationPath, linkTo, roleText } from './mails.ts'
import { fitsPlace } from './membership.ts'
import { type CityName, findCityBySlug, insertMembership, type ListedPerson, listPeople } from './membership-queries.ts'
import { findPersonByEmail, insertPerson } from './queries.ts'
import { withServices } from '../../with-services.ts'
import { emailField, nameField, newPasswordField } from './schemas.ts'
import { passwords } from './scrypt-queue.ts'
import { writeInvitation } from './usecases.ts'

interface AddOptions {
  email: string
  role: Role
  name?: string
  city?: string
  passwordStdin?: boolean
}

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Reads the value of an option by the rule of the forms. */
const reader =
  <T>(t: Translator, schema: z.ZodType<T>) =>
  (value: string): T => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    throw new InvalidArgumentError(messageText(t, parsed.error.issues[0]!.message))
  }

async function getCity(db: Db, { role, city }: AddOptions): Promise<CityName | null> {
  const found = city === undefined ? null : await findCityBySlug(db, city)
  if (city !== undefined && found === null) throw new AppError('CITY_NOT_FOUND')
  if (!fitsPlace(role, found?.id ?? null))
    throw new AppError(
      'INPUT_INVALID',
      {},
      { fields: [{ path: '--city', message: isCityRole(role) ? 'accounts.cli.user.cityMissing' : 'accounts.invite.city.fit' }] },
    )
  return found
}

async function invite(t: Translator, services: Services, options: AddOptions): Promise<void> {
  const now = services.now()
  const { email, role } = options
  const { city, token } = await inContext(services.db, systemContext, async (db) => {
    const found = await getCity(db, options)
    return {
      city: found,
      token: (await writeInvitation(db, { request: { email, role, cityId: found?.id ?? null }, createdBy: null, now })).token,
    }
  })
  say(t('accounts.cli.user.invited', { email, role: roleText(t, role, city), until: formatDate(t.language, expiryFrom(now)) }))
  say(linkTo(services.config, invitationPath(token)))
}

/** Makes the account at once, with the password from standard input. */
async function addAccount(
  t: Translator,
  services: Services,
  { email, role, name, ...options }: AddOptions & { name: string },
): Promise<void> {
  const password = newPasswordField.safeParse((await text(process.stdin)).replace(/\r?\n$/, ''))
  if (!password.success)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: '--password-stdin', message: password.error.issues[0]!.message }] })
  const passwordHash = await passwords.hash(password.data)
  const now = services.now()
  const city = await inContext(services.db, systemContext, async (db) => {
    const found = await getCity(db, { email, role, ...options })
    if ((await findPersonByEmail(db, email)) !== null) throw new AppError('PERSON_EXISTS')
    const personId = await insertPerson(db, { name, email, language: t.language, passwordHash }, now)
    await insertMembership(db, { personId, role, cityId: found?.id ?? null, createdBy: null, now })
    await recordEvent(db, {
      action: 'person.added',
      personId: null,
      cityId: found?.id ?? null,
      subject: `person:${personId}`,
      payload: { role },
      now,
    })
    return found
  })
  say(t('accounts.cli.user.added', { email, role: roleText(t, role, city) }))
}

async function add(t: Translator, options: AddOptions): Promise<void> {
  const { name } = options
  if (options.passwordStdin && name === undefined)
    throw new AppError('INPUT_INVALID', {}, { fields: [{ path: '--name', message: 'accounts.form.name.missing' }] })
  await withServices((services) =>
    options.passwordStdin && name !== undefined ? addAccount(t, services, { ...options, name }) : invite(t, services, options),
  )
}

function describePerson(t: Translator, { name, email, roles: held }: ListedPerson): string {
  const words = held.map(({ role, city }) => roleText(t, role, city))
  return [email, name, words.length > 0 ? words.join('; ') : t('accounts.people.noRole')].join('\t')
}

async function list(t: Translator): Promise<void> {
  await withServices(async (services) => {
    const { people } = await inContext(services.db, systemContext, (db) => listPeople(db, { limit: 100_000, offset: 0 }))
    say(people.length === 0 ? t('accounts.cli.user.none') : people.map((person) => describePerson(t, person)).join('\n'))
  })
}

/** `tessera user add`, `tessera user list` */
export function registerUserCommands(program: Command, t: Translator): void {
  const user = program.command('user').description(t('accounts.cli.user.description'))
  user
    .command('add')
    .description(t('accounts.cli.user.add'))
    .addOption(new Option('--email <address>', t('accounts.cli.user.email')).makeOptionMandatory().argParser(reader(t, emailField)))
    .addOption(new Option('--role <role>', t('accounts.cli.user.role')).choices(roles).makeOptionMandatory())
    .option('--city <slug>', t('accounts.cli.user.city'))
    .option('--name <name>', t('accounts.cli.user.name'), reader(t, nameField))
    .option('--password-stdin', t('accounts.cli.user.password'))
    .action((options: AddOptions) => runCommand(t, () => add(t, options)))
  user
    .command('list')
    .description(t('accounts.cli.user.list'))
    .action(() => runCommand(t, () => list(t)))
}
