/**
 * The look of a downloaded drawing: the light colours of tokens.css and the role styles of charts.css, written out,
 * because a file of its own knows neither. chart-file.test.tsx compares the colours with tokens.css.
 */
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

/** Style element of a drawing file; only what every SVG reader understands. */
export const fileStyle = `
text { font-family: 'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Arial, sans-serif; font-size: 15px; fill: ${c.ink}; }
.file-title { font-size: 21px; font-weight: 700; }
.file-subtitle, .file-foot, .file-key, .chart-tick { font-size: 14px; fill: ${c['ink-soft']}; }
.file-key { fill: ${c.ink}; }
.file-value, .file-synthetic { font-weight: 700; }
.file-synthetic { font-size: 14px; }
.file-rule { stroke: ${c.rule}; }
.chart-own-text { font-weight: 700; fill: ${c.accent}; }
.chart-gridline { stroke: ${c.gridline}; }
.chart-baseline { stroke: ${c['field-border']}; }
.mark-own { fill: ${c.accent}; stroke: ${c.paper}; stroke-width: 1.5; }
.mark-own-line { stroke: ${c.accent}; stroke-width: 1.5; }
.mark-provisional { fill: none; stroke: ${c.accent}; stroke-width: 1.5; stroke-dasharray: 3 2.5; }
.mark-upper { stroke: ${c['own-pale']}; stroke-width: 4; }
.mark-upper-end { stroke: ${c.accent}; stroke-width: 1.5; }
.mark-previous { fill: ${c.paper}; stroke: ${c.accent}; stroke-width: 2; }
.mark-change { stroke: ${c.accent}; stroke-width: 2; }
.mark-peer { fill: ${c.peers}; fill-opacity: 0.6; stroke: ${c.peers}; }
.mark-peer-median { fill: ${c.peers}; stroke: ${c.paper}; stroke-width: 1.5; }
.mark-network { stroke: ${c.network}; stroke-width: 2; }
.mark-band { fill: ${c['network-band']}; }
.mark-city { fill: ${c.network}; fill-opacity: 0.75; }
.mark-bar { fill: ${c.network}; }
`
