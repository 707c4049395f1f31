/** The six cities in which the European Pact for Integration began. Their names are those of the published figures. */
export const pactCities = [
  { slug: 'dietzenbach', name: 'Dietzenbach', country: 'DE' },
  { slug: 'cartagena', name: 'Cartagena', country: 'ES' },
  { slug: 'linkoeping', name: 'Linköping', country: 'SE' },
  { slug: 'lublin', name: 'Lublin', country: 'PL' },
  { slug: 'ravenna', name: 'Ravenna', country: 'IT' },
  { slug: 'riga', name: 'Riga', country: 'LV' },
] as const

export type PactCity = (typeof pactCities)[number]

export const findPactCity = (slug: string): PactCity | null => pactCities.find((city) => city.slug === slug) ?? null
