/** The one stylesheet of the report: it stands in the page, so that the page is one file. */
export const reportStyle = `
:root { color-scheme: light; --paper: #fbfaf7; --surface: #f3f1ea; --ink: #14213d; --soft: #4c566d; --rule: #dcd9cf; --accent: #0b5c6b; --ochre: #a8741a; --grey: #5f7489; --pale: #9cc3c9 }
* { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; -webkit-text-size-adjust: 100% }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 62rem; overflow-wrap: anywhere }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .25rem }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem; padding-top: 1.5rem; border-top: 2px solid var(--ink) }
h3 { font-size: 1.1rem; margin: 1.5rem 0 .25rem }
p { max-width: 44rem; margin: .5rem 0 }
section { margin-top: 3rem }
a { color: var(--accent) }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px }
.skip { position: absolute; left: -999rem }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem }
.lead, .soft { color: var(--soft) }
nav ol { columns: 16rem; padding-left: 1.25rem }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1rem; margin: 1.5rem 0 }
dl.facts div { border-top: 1px solid var(--rule); padding-top: .5rem }
dl.facts dt { color: var(--soft); font-size: .9rem }
dl.facts dd { margin: 0; font-size: 1.3rem }
figure { margin: 1.5rem 0 }
figcaption { color: var(--soft); font-size: .95rem; max-width: 44rem; margin-top: .5rem }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; margin: .75rem 0; font-size: .9rem }
.key svg { vertical-align: middle; margin-right: .4rem }
.scroll { overflow-x: auto; max-height: 36rem; overflow-y: auto; border: 1px solid var(--rule) }
.chart { overflow-x: auto }
.chart svg { display: block; width: 100%; min-width: 40rem; height: auto }
.map svg { width: auto; min-width: 0; max-width: none }
svg text { font: 12px system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; fill: var(--ink) }
svg .tick { fill: var(--soft); font-size: 11px }
svg .grid { stroke: var(--rule) }
svg .small { font-size: 9px }
.m-dot { fill: var(--accent) }
.m-cloud { fill: var(--grey); fill-opacity: .45 }
.m-wide { stroke: var(--grey); stroke-width: 1.5 }
.m-half { fill: var(--pale) }
.m-median { stroke: var(--ochre); stroke-width: 3 }
.m-bar { fill: var(--accent) }
.m-bar2 { fill: var(--pale) }
.m-range { stroke: var(--ink); stroke-width: 1.5 }
.m-most { fill: none; stroke: var(--ochre); stroke-width: 2 }
.m-join { stroke: var(--grey); stroke-width: 2 }
.m-opposed { fill: var(--ochre) }
.m-nominal { fill: var(--paper); stroke: var(--grey); stroke-width: 2 }
details { margin: .5rem 0 }
summary { cursor: pointer; color: var(--accent); padding: .35rem 0 }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; min-width: 100% }
caption { text-align: left; padding: .5rem; color: var(--soft) }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--rule); overflow-wrap: normal }
thead th { position: sticky; top: 0; background: var(--surface); border-bottom: 2px solid var(--ink) }
tbody th { font-weight: 600; min-width: 9rem }
.n { text-align: right }
td.n { white-space: nowrap }
pre { background: var(--surface); padding: 1rem; overflow-x: auto; font-size: .85rem; margin: .5rem 0 }
.notice { border-left: 4px solid var(--ochre); padding: .25rem 0 .25rem 1rem }
@media (max-width: 30rem) { h1 { font-size: 1.6rem } }
@media print { body { max-width: none; padding: 0 } .scroll { max-height: none; overflow: visible } .skip, nav { display: none } figure, tr { break-inside: avoid } h2, h3 { break-after: avoid } thead th { position: static } }
`
