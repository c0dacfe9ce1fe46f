/** How the page looks: light and dark as the reader's system is, and on A4. */

export const pageStyle = `
:root { color-scheme: light dark; --back: #fff; --text: #1b1f24; --dim: #56606b; --line: #d0d7de; --soft: #f4f6f8; --accent: #0a5bd3; }
@media (prefers-color-scheme: dark) {
  :root { --back: #14171b; --text: #e6e9ec; --dim: #a4adb7; --line: #3a424b; --soft: #1e2329; --accent: #7db4ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 75rem; background: var(--back); color: var(--text); font: 1rem/1.45 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: .2rem 0; }
small, .cost, caption, .dim { color: var(--dim); font-weight: normal; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .3rem 0; }
th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; white-space: nowrap; }
.bar { display: block; width: 100%; height: 1.6rem; background: var(--soft); }
.key { width: .8em; height: .8em; }
.findings { padding-left: 1.6rem; }
.findings > li { margin-bottom: 1.2rem; padding: .4rem .8rem; background: var(--soft); border-left: 3px solid var(--accent); }
.findings p { margin: .2rem 0; }
.places { margin: .2rem 0; padding-left: 1.1rem; }
.size { font-variant-numeric: tabular-nums; }
.command { margin: .4rem 0; }
.command code { padding: .15rem .4rem; border: 1px solid var(--line); background: var(--back); }
.cost { margin-left: .6rem; }
.answer { font-weight: bold; font-size: 1.1rem; }
button, select, input { font: inherit; color: var(--text); background: var(--back); border: 1px solid var(--line); padding: .15rem .5rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
#map { position: relative; width: 100%; aspect-ratio: 16 / 9; background: var(--soft); overflow: hidden; }
.cell { position: absolute; margin: 0; padding: 1px 3px; overflow: hidden; border: 1px solid #fff; color: #111; text-align: left; font-size: .75rem; line-height: 1.2; white-space: nowrap; }
.cell:focus-visible { outline-offset: -4px; outline-color: #111; }
.tone-0 { background: #b9dcff; } .tone-1 { background: #c3ebc8; } .tone-2 { background: #f5e6a8; } .tone-3 { background: #f8cfa6; }
.tone-4 { background: #f3b8b8; } .tone-5 { background: #d9c7f2; } .tone-6 { background: #b5e3e3; } .tone-7 { background: #d8dde2; }
.account-0 { fill: #2f7ed8; } .account-1 { fill: #d9534f; } .account-2 { fill: #e69138; } .account-3 { fill: #8e7cc3; }
.account-4 { fill: #6c757d; } .account-5 { fill: #3c9d5d; } .account-6 { fill: #b8860b; } .account-7 { fill: #c2185b; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem; padding: 0; }
.legend li { padding: 0 .5rem; color: #111; font-size: .85rem; }
#trail button { border: 0; text-decoration: underline; padding: .1rem .2rem; }
@media print {
  @page { size: A4; margin: 15mm; }
  body { padding: 0; font-size: 9pt; }
  .controls, .copy, #trail { display: none; }
  .findings > li, tr { break-inside: avoid; }
  #map, .cell, .bar, .legend li, .key { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
