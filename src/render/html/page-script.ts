/** What the page does by itself: the treemap with its zoom and colours, the filter, the copy buttons. Text, run by a browser. */

export const pageScript = String.raw`'use strict';
(() => {
  const roots = JSON.parse(document.getElementById('data').textContent);
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const size = (bytes) => {
    let unit = 0;
    for (; bytes >= 1024 && unit < units.length - 1; unit++) bytes /= 1024;
    return (unit === 0 ? bytes : bytes.toFixed(1)) + ' ' + units[unit];
  };
  const percent = (part, whole) => (whole > 0 ? (part / whole) * 100 : 0).toFixed(1) + ' %';

  const ages = [[1, 'a day'], [7, 'a week'], [30, 'a month'], [365, 'a year'], [Infinity, 'older']];
  const ageTone = (cell) => (cell.age < 0 ? 7 : ages.findIndex(([days]) => cell.age < days));
  const uses = [...new Set(roots.flat().map((cell) => cell.use))].sort();
  const owners = [...new Set(roots.flat().map((cell) => cell.own ?? ''))].filter((name) => name !== '').sort();
  const growths = [[0, 'shrank'], [Number.MIN_VALUE, 'as large as it was'], [0.1, 'grew by less than a tenth'], [0.5, 'less than half is new'], [1, 'half or more is new'], [Infinity, 'new']];
  const growthTone = (cell) => (cell.grew === undefined ? 7 : growths.findIndex(([most]) => cell.grew < most));
  const shares = ['nothing', 'less than half', 'half or more', 'all'];
  const schemes = {
    use: { names: uses, tone: (cell) => uses.indexOf(cell.use) % 8 },
    owner: {
      names: [...owners.slice(0, 7), ...Array(Math.max(0, 7 - owners.length)).fill(''), owners.length > 7 ? 'others, or not known' : 'not known'],
      tone: (cell) => (cell.own === undefined ? 7 : Math.min(7, owners.indexOf(cell.own))),
    },
    growth: { names: [...growths.map(([, name]) => name), '', 'not known'], tone: growthTone },
    age: { names: [...ages.map(([, name]) => name), '', '', 'unknown'], tone: ageTone },
    freeable: {
      names: shares,
      tone: (cell) => (cell.free === 0 ? 0 : cell.free < 0.5 ? 1 : cell.free < 0.999 ? 2 : 3),
    },
  };

  const map = document.getElementById('map');
  const trail = document.getElementById('trail');
  const legend = document.getElementById('legend');
  const inside = document.getElementById('inside');
  const scheme = document.getElementById('scheme');
  const rootChoice = document.getElementById('root');
  let cells = roots[0] || [];
  let shown = 0;

  const childrenOf = (index) => {
    const found = [];
    for (let at = index + 1; at < cells.length; at++) if (cells[at].p === index) found.push(at);
    return found;
  };
  const open = (index, focuses) => {
    if (index !== shown && childrenOf(index).length === 0) return;
    shown = index;
    draw();
    if (focuses) (map.querySelector('button') || map).focus();
  };
  // Two levels are drawn: a cell is in the directory that a click on it opens.
  const within = (index) => {
    while (cells[index].p !== shown && index !== shown) index = cells[index].p;
    return index;
  };
  const nameOf = (index) =>
    index === within(index) ? cells[index].n : cells[within(index)].n + '/' + cells[index].n;
  const label = (index) => nameOf(index) + ', ' + size(cells[index].bytes) + ', ' + percent(cells[index].bytes, cells[shown].bytes);

  function draw() {
    if (cells.length === 0) return;
    const [x, y, width, height] = cells[shown].r;
    const children = childrenOf(shown);
    const leaves = children.length > 0 ? children : [shown];
    const drawn = leaves.flatMap((index) => {
      const below = index === shown ? [] : childrenOf(index);
      return below.length > 0 ? below : [index];
    });
    map.replaceChildren(...drawn.map((index) => {
      const [left, top, wide, high] = cells[index].r;
      const button = element('button', { type: 'button', className: 'cell tone-' + schemes[scheme.value].tone(cells[index]) });
      button.setAttribute('aria-label', label(index));
      button.title = label(index);
      button.dataset.index = index;
      button.dataset.bytes = cells[index].bytes;
      button.style.left = ((left - x) / width) * 100 + '%';
      button.style.top = ((top - y) / height) * 100 + '%';
      button.style.width = (wide / width) * 100 + '%';
      button.style.height = (high / height) * 100 + '%';
      if (wide / width > 0.06 && high / height > 0.05) button.append(nameOf(index), element('br'), size(cells[index].bytes));
      button.addEventListener('click', () => open(within(index), true));
      return button;
    }));
    const way = [];
    for (let at = shown; at >= 0; at = cells[at].p) way.unshift(at);
    trail.replaceChildren(...way.flatMap((at) => {
      const step = element('button', { type: 'button', textContent: cells[at].n });
      step.addEventListener('click', () => open(at, true));
      if (at === shown) step.setAttribute('aria-current', 'location');
      return [step, ' / '];
    }).slice(0, -1));
    inside.replaceChildren(...leaves.map((index) => element('tr', {},
      element('td', { className: 'number', textContent: size(cells[index].bytes) }),
      element('td', { className: 'number', textContent: percent(cells[index].bytes, cells[shown].bytes) }),
      element('td', { textContent: cells[index].use }),
      element('td', {}, element('code', { textContent: cells[index].n })))));
    const used = new Set(drawn.map((index) => schemes[scheme.value].tone(cells[index])));
    legend.replaceChildren(...[...used].sort().map((tone) =>
      element('li', {
        className: 'tone-' + tone,
        textContent: schemes[scheme.value].names.filter((name, index) => index % 8 === tone && name !== '').join(', '),
      })));
  }

  map.addEventListener('keydown', (event) => {
    const buttons = [...map.children];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === 'Escape' || event.key === 'Backspace') {
      if (cells[shown].p >= 0) open(cells[shown].p, true);
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') buttons[(at + 1) % buttons.length].focus();
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') buttons[(at + buttons.length - 1) % buttons.length].focus();
    else return;
    event.preventDefault();
  });
  scheme.addEventListener('change', draw);
  if (rootChoice) rootChoice.addEventListener('change', () => {
    cells = roots[Number(rootChoice.value)];
    shown = 0;
    draw();
  });
  draw();

  const filter = document.getElementById('filter');
  if (filter) filter.addEventListener('input', () => {
    const wanted = filter.value.toLowerCase();
    let count = 0;
    for (const row of document.querySelectorAll('#files tbody tr')) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
      if (!row.hidden) count++;
    }
    document.getElementById('matches').textContent = count + (count === 1 ? ' file' : ' files');
  });

  for (const button of document.querySelectorAll('.copy')) button.addEventListener('click', async () => {
    const code = button.parentElement.querySelector('code');
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = 'copied';
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
})();
`;
