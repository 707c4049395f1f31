import type { Role } from '../../permissions.ts'

/** A demonstration sign-in. */
export interface DemoAccount {
  role: Role
  /** Null = a role in the network. */
  city: string | null
  name: string
  email: string
  password: string
  language: 'de' | 'en'
}

const password = 'tessera demonstration'

const account = (role: Role, city: string | null, name: string, mailbox: string, language: 'de' | 'en'): DemoAccount => ({
  role,
  city,
  name,
  email: `${mailbox}@demo.example`,
  password,
  language,
})

/** One sign-in for each role, and coordinators of two more cities. The people are invented. */
export const demoAccounts: readonly DemoAccount[] = [
  account('city-coordinator', 'Laternenbrück', 'Karla Lindenlicht', 'coordinator', 'de'),
  account('contributor', 'Laternenbrück', 'Momo Schachtelhalm', 'contributor', 'de'),
  account('approver', 'Laternenbrück', 'Ada Kreidestein', 'approver', 'de'),
  account('technical-partner', 'Laternenbrück', 'Jonas Fingerhut', 'partner', 'de'),
  account('city-coordinator', 'Molnköping', 'Elsa Molnlykta', 'coordinator.complete', 'en'),
  account('city-coordinator', 'Mozaikowice', 'Zofia Latawiec', 'coordinator.submitted', 'en'),
  account('reviewer', null, 'Noor Inkwell', 'expert', 'en'),
  account('reviewer', null, 'Silas Bernstein', 'expert.second', 'de'),
  account('evaluation-coordinator', null, 'Vera Spindel', 'evaluation', 'de'),
  account('network-coordinator', null, 'Ines Papillon', 'network', 'en'),
]
