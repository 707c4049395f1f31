/** The light colours of tokens.css, written out for files; file-attributes.test.ts compares them. */
export const fileColours = {
  paper: '#fbfaf7',
  ink: '#14213d',
  'ink-soft': '#4c566d',
  rule: '#dcd9cf',
  'field-border': '#727a8a',
  accent: '#0b5c6b',
  'own-pale': '#9cc3c9',
  network: '#5b6f8e',
  'network-band': '#e1e6ed',
  peers: '#96600c',
  gridline: '#dfdcd3',
} as const

const c = fileColours

/** Fonts of every drawing file, from ours to what each machine has. */
export const fileFont = "'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Arial, sans-serif"

/** What each class of charts.css means, as SVG attributes. */
const attributesOf: Readonly<Record<string, string>> = {
  'file-text': `font-size="15" fill="${c.ink}"`,
  'file-title': `font-size="21" font-weight="700" fill="${c.ink}"`,
  'file-subtitle': `font-size="14" fill="${c['ink-soft']}"`,
  'file-foot': `font-size="14" fill="${c['ink-soft']}"`,
  'file-key': `font-size="14" fill="${c.ink}"`,
  'file-value': `font-size="15" font-weight="700" fill="${c.ink}"`,
  'file-synthetic': `font-size="14" font-weight="700" fill="${c.ink}"`,
  'file-rule': `stroke="${c.rule}"`,
  'chart-tick': `font-size="14" fill="${c['ink-soft']}"`,
  'chart-own-text': `font-size="15" font-weight="700" fill="${c.accent}"`,
  'chart-gridline': `stroke="${c.gridline}"`,
  'chart-baseline': `stroke="${c['field-border']}"`,
  'mark-own': `fill="${c.accent}" stroke="${c.paper}"`,
  'mark-own-line': `stroke="${c.accent}" stroke-width="1.5"`,
  'mark-provisional': `fill="none" stroke="${c.accent}" stroke-width="1.5" stroke-dasharray="3 2.5"`,
  'mark-upper': `stroke="${c['own-pale']}" stroke-width="4"`,
  'mark-upper-end': `stroke="${c.accent}" stroke-width="1.5"`,
  'mark-previous': `fill="${c.paper}" stroke="${c.accent}" stroke-width="2"`,
  'mark-change': `stroke="${c.accent}" stroke-width="2"`,
  'mark-peer': `fill="${c.peers}" fill-opacity="0.6" stroke="${c.peers}"`,
  'mark-peer-median': `fill="${c.peers}" stroke="${c.paper}"`,
  'mark-network': `stroke="${c.network}" stroke-width="2"`,
  'mark-band': `fill="${c['network-band']}"`,
  'mark-band-key': `stroke="${c.network}" stroke-opacity="0.4"`,
  'mark-city': `fill="${c.network}" fill-opacity="0.75"`,
  'mark-bar': `fill="${c.network}"`,
  'mark-letter': `fill="${c.network}" stroke="${c.paper}" stroke-width="1.5"`,
  'mark-letter-own': `fill="${c.accent}" stroke="${c.paper}" stroke-width="1.5"`,
  'mark-letter-text': `font-size="13" font-weight="700" fill="${c.paper}"`,
  'map-land': `fill="${c['network-band']}"`,
  'map-border': `fill="none" stroke="${c.paper}" stroke-width="1"`,
  'map-city': `fill="${c.network}" fill-opacity="0.8" stroke="${c.paper}"`,
  'map-city-own': `fill="${c.accent}" stroke="${c.paper}" stroke-width="1.5"`,
  'map-dots': `fill="none" stroke="${c.network}" stroke-opacity="0.7" stroke-linecap="round"`,
}

/**
 * Turns the classes of a drawing into attributes, which every program reads and no security policy forbids.
 * Readings for the page's script are left out.
 */
export function withAttributes(svg: string): string {
  return svg.replace(/ data-reading="[^"]*"/g, '').replace(/ class="([^"]*)"/g, (_, names: string) => {
    const attributes = names.split(' ').flatMap((name) => attributesOf[name] ?? [])
    return attributes.length === 0 ? '' : ` ${attributes.join(' ')}`
  })
}
