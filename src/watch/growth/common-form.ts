/** What the names of files that grow together have in common. */
import { baseName, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** So many of them must have it. */
const COMMON_SHARE = 0.6;

/**
 * "sess_*", "*.log", "m*": the commonest form once numbers, and what is as good as a number, are taken for the same; else
 * what all names begin and end with. Undefined for none, and where nothing is common.
 */
export function commonForm(paths: readonly ByteString[]): string | undefined {
  const names = paths.map((path) => toText(baseName(path)));
  const forms = new Map<string, number>();
  for (const name of names) {
    const form = masked(name);
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  const [best] = [...forms].toSorted((a, b) => b[1] - a[1]);
  if (best === undefined) return undefined;
  if (best[1] >= names.length * COMMON_SHARE) return best[0];
  const start = commonStart(names);
  const end = commonStart(names.map((name) => reversed(name.slice(start.length))));
  return start === '' && end === '' ? undefined : `${start}*${reversed(end)}`;
}

/** Ids are hexadecimal, random letters with digits among them, or plain numbers. */
function masked(name: string): string {
  return name
    .replaceAll(/[\dA-Za-z]*\d[\dA-Za-z]{5,}|\d+|[0-9a-f]{8,}/gu, (part) =>
      // A word before a short number stays: "worker12".
      part.length > 8 || /^\d/u.test(part) ? '*' : part.replace(/\d.*$/u, '*'),
    )
    .replaceAll(/\*(?:[-_.]?\*)+/gu, '*');
}

function commonStart(names: readonly string[]): string {
  let start = names[0] ?? '';
  for (const name of names) while (!name.startsWith(start)) start = start.slice(0, -1);
  return start;
}

function reversed(text: string): string {
  return text.split('').toReversed().join('');
}
