/** A country with invented names in the sound of its language, and a box (degrees) well inside its land. */
export interface DemoCountry {
  country: string
  /** South, north, west, east. */
  box: readonly [number, number, number, number]
  names: readonly string[]
}

// Compounds of things no place is named after (lanterns, thimbles, inkwells, clouds, paper kites, mosaics) with the endings
// that places have. None is a municipality; the six of the present wave stand first in their countries.
export const demoCountries: readonly DemoCountry[] = [
  {
    country: 'DE',
    box: [48.6, 52.8, 8.4, 12.2],
    names: [
      'Laternenbrück',
      'Fingerhutheim',
      'Mosaikfurt',
      'Papierdrachenau',
      'Wolkenschachtel',
      'Tintenfassburg',
      'Kreidekastell',
      'Murmelstetten',
      'Windradhausen',
    ],
  },
  {
    country: 'AT',
    box: [47.0, 48.3, 13.6, 15.8],
    names: ['Laternenkirch', 'Tintenfasskirchen', 'Murmelzell', 'Mosaikstätten', 'Fingerhutegg', 'Wolkenkogelstadt'],
  },
  {
    country: 'ES',
    box: [38.4, 42.2, -5.4, -1.2],
    names: [
      'Villamosaica',
      'Puentecometa',
      'Castrodedal',
      'Montetintero',
      'Villafarolina',
      'Puentenubes',
      'Castrorreloj',
      'Villacanica',
      'Monteluciérnaga',
      'Puertodedal',
    ],
  },
  {
    country: 'PT',
    box: [38.8, 41.6, -8.4, -7.2],
    names: ['Vilatinteiro', 'Portonuvens', 'Montededal', 'Vilapapagaio', 'Portomosaico', 'Vilapirilampo'],
  },
  {
    country: 'IT',
    box: [43.6, 45.4, 9.4, 11.6],
    names: [
      'Castelcalamaio',
      'Borgonuvola',
      'Montemosaico',
      'Portoaquilone',
      'Borgoditale',
      'Castelbiglia',
      'Montelucciola',
      'Portolanterna Nuova',
      'Borgogirandola',
      'Castelgessetto',
    ],
  },
  {
    country: 'FR',
    box: [44.6, 49.0, 0.4, 5.2],
    names: [
      'Papillonbourg',
      'Encrierville',
      'Nuage-sur-Songe',
      'Lanterne-lès-Rêves',
      'Mosaïcourt',
      'Grelotbourg',
      'Cerf-Volantville',
      'Dé-à-Coudrac',
      'Luciolebourg',
      'Craie-sur-Songe',
    ],
  },
  { country: 'BE', box: [50.2, 51.0, 4.0, 5.4], names: ['Wolkenkastegem', 'Lucioleghem', 'Inktpotzele', 'Papillonster', 'Knikkerbergen'] },
  {
    country: 'NL',
    box: [51.6, 52.8, 5.0, 6.4],
    names: [
      'Lantaarndrecht',
      'Vingerhoeddam',
      'Mozaïekhoven',
      'Inktpotburg',
      'Vliegerdrecht',
      'Knikkerveen',
      'Wolkendrecht',
      'Krijtjesdam',
    ],
  },
  {
    country: 'GB',
    box: [51.4, 54.4, -2.6, -0.4],
    names: ['Lanternmouth', 'Thimblebury', 'Inkwellford', 'Paperkite Haven', 'Marbleminster', 'Cloudkettle', 'Chalkboxby', 'Mosaicthorpe'],
  },
  { country: 'IE', box: [52.4, 54.0, -8.8, -6.8], names: ['Ballythimble', 'Kilmosaic', 'Lanternrush', 'Inkwellkenny', 'Cloudnagar'] },
  {
    country: 'SE',
    box: [57.0, 61.0, 13.2, 16.4],
    names: [
      'Molnköping',
      'Lykthamn',
      'Fingerborgsvik',
      'Mosaikstad',
      'Bläckhornsås',
      'Pappersdrakehamn',
      'Kulspelsköping',
      'Kritlådestad',
      'Eldflugevik',
    ],
  },
  {
    country: 'DK',
    box: [55.4, 56.8, 8.8, 9.8],
    names: ['Mosaikborg', 'Fingerbølrup', 'Blækhushavn', 'Lygtekøbing', 'Papirdragerup', 'Glaskugleby'],
  },
  { country: 'NO', box: [59.4, 61.4, 8.4, 11.4], names: ['Lyktefoss', 'Mosaikvik', 'Fingerbølhavn', 'Blekkhusdal', 'Papirdragenes'] },
  {
    country: 'FI',
    box: [61.0, 63.6, 22.6, 27.8],
    names: ['Pilvikaupunki', 'Lyhtypohja', 'Mosaiikkila', 'Sormustinlahti', 'Mustepullola', 'Leijalinna', 'Kuulapelijoki'],
  },
  { country: 'EE', box: [58.2, 59.2, 25.0, 26.8], names: ['Pilvelinn', 'Mosaiigiküla', 'Tindipotisaare', 'Sõrmkübaralinn', 'Laternapää'] },
  {
    country: 'LV',
    box: [56.6, 57.4, 22.6, 26.4],
    names: ['Mākoņpils', 'Mozaīkciems', 'Tintnīcpils', 'Pulksteņkalns', 'Laternsala', 'Uzpirksteņpils'],
  },
  { country: 'LT', box: [54.8, 55.8, 22.6, 25.4], names: ['Mozaikiškės', 'Žibintupis', 'Rašalinava', 'Debesėlkalnis', 'Aitvariškiai'] },
  {
    country: 'PL',
    box: [50.4, 53.4, 16.6, 22.2],
    names: [
      'Mozaikowice',
      'Chmurogród',
      'Latawcowo Wielkie',
      'Kałamarzowice',
      'Naparstkowo Górne',
      'Latarniogród',
      'Kredkowice',
      'Świetlikogród',
      'Szklanokulów',
    ],
  },
  {
    country: 'CZ',
    box: [49.2, 50.4, 13.6, 17.6],
    names: ['Mozaikov', 'Obláčkovice', 'Kalamářohrad', 'Lucerničky', 'Náprstkovice Horní', 'Kuličkohrad'],
  },
  {
    country: 'HU',
    box: [46.6, 47.8, 17.6, 21.0],
    names: ['Mozaikháza', 'Tintásüvegvár', 'Lámpásfalva', 'Felhőszentháza', 'Gyűszűvár', 'Papírsárkányos'],
  },
  {
    country: 'RO',
    box: [44.8, 47.2, 22.6, 27.0],
    names: ['Mozaicești', 'Felinarești', 'Norișorești', 'Licuriceni', 'Degetareni', 'Zmeu-de-Hârtie'],
  },
  { country: 'HR', box: [45.2, 46.0, 15.6, 17.8], names: ['Mozaikovac', 'Oblakograd', 'Tintarnikovac', 'Svjetiljkograd'] },
  { country: 'SI', box: [45.8, 46.4, 14.4, 15.6], names: ['Naprstnikova Gora', 'Oblačkov Grad', 'Mozaikova Vas'] },
]
