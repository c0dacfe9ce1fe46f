/** A tree of what changed, with bars of plus and minus signs: which way it went is seen without colours. */
import type { DirectoryChange } from '../../../model/snapshot-diff.ts';
import { displayName } from '../../terminal/escape.ts';
import { hasBars } from '../../terminal/screen.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatChange } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';
import { fitBranch, LEAST_NAME } from '../explain/tree.ts';

const BAR = 10;

interface Row {
  readonly delta: number;
  readonly branch: string;
  readonly name: string;
  readonly isRest: boolean;
}

export function deltaTreeLines(root: DirectoryChange, screen: Screen): string[] {
  const rows: Row[] = [];
  addRows(root, '', '', rows);
  const largest = Math.max(...rows.map(({ delta }) => Math.abs(delta)));
  const deltas = rows.map(({ delta }) => formatChange(delta, screen.sizes));
  const column = Math.max(...deltas.map(({ length }) => length));
  const { style } = screen;
  const lines = rows.map(({ delta, branch, name, isRest }, index) => {
    const bar = hasBars(screen) ? `${signs(delta, largest).padEnd(BAR)}  ` : '';
    const paint = delta > 0 ? style.warning : style.good;
    const head = `${deltas[index].padStart(column)}  ${bar}`;
    const room = screen.width - head.length;
    const visible = fitBranch(branch, room - LEAST_NAME);
    const fitting = cutMiddle(name, Math.max(1, room - visible.length));
    return `${deltas[index].padStart(column)}  ${bar === '' ? '' : paint(bar)}${style.dim(visible)}${isRest ? style.dim(fitting) : fitting}`;
  });
  return [style.bold('WHERE'), ...lines];
}

function addRows(node: DirectoryChange, branch: string, indent: string, rows: Row[]): void {
  const { kind, oldBytes, newBytes, children, rest } = node;
  const said = kind === 'grown' || kind === 'shrunk' || kind === 'same' ? '' : `  (${kind})`;
  rows.push({ delta: newBytes - oldBytes, branch, name: displayName(node.name) + said, isRest: false });
  const hasRest = rest.count > 0 && children.length > 0;
  for (const [index, child] of children.entries()) {
    const isLast = index === children.length - 1 && !hasRest;
    addRows(child, indent + (isLast ? '└─ ' : '├─ '), indent + (isLast ? '   ' : '│  '), rows);
  }
  if (hasRest)
    rows.push({
      delta: rest.deltaBytes,
      branch: `${indent}└─ `,
      name: `(${rest.count} more)`,
      isRest: true,
    });
}

/** At least one sign for whatever is not 0. */
function signs(delta: number, largest: number): string {
  if (delta === 0 || largest === 0) return '';
  return (delta > 0 ? '+' : '−').repeat(Math.max(1, Math.round((Math.abs(delta) / largest) * BAR)));
}
