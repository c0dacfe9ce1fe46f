/** The few glob signs that catalogue patterns use (`*`, `?`, `[…]`, `**`), as regular expressions over whole components. */
import type { Part } from './expand.ts';

const special = /[.+^${}()|\\/]/gu;

/** One component: `*` is any run of characters, `?` any one, `[…]` one of these. No sign matches a slash. */
function globSource(text: string): string {
  return text
    .replaceAll(special, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
}

/** Tests a name against one glob component. Newlines and odd bytes in the name are characters like any other. */
export function nameTest(glob: string): (name: string) => boolean {
  if (!/[*?[]/u.test(glob)) return (name) => name === glob;
  // Compiled at the first question, as below.
  let pattern: RegExp | undefined;
  return (name) => (pattern ??= new RegExp(`^${globSource(glob)}$`)).test(name);
}

/**
 * Whether a name fits any of many globs, told by one look at it. Those that begin with `*` stand behind one sign for all
 * of them: a run of characters for each takes four times as long.
 */
export function anyNameTest(globs: readonly string[]): (name: string) => boolean {
  const { ends = [], starts = [] } = Object.groupBy(new Set(globs), (glob) =>
    glob.startsWith('*') ? 'ends' : 'starts',
  );
  const anyEnd = `${globSource('*')}(?:${ends.map((glob) => globSource(glob.slice(1))).join('|')})`;
  const sources = [...starts.map(globSource), ...(ends.length > 0 ? [anyEnd] : [])];
  const pattern = new RegExp(`^(?:${sources.join('|')})$`);
  return (name) => pattern.test(name);
}

/** Tests a whole path against components; `floating` lets any directories stand before them. */
export function pathTest(parts: readonly Part[], floating: boolean): (path: string) => boolean {
  const tail = `/${parts.map((part) => part.text).join('/')}`;
  if (parts.every((part) => !part.glob)) {
    return floating ? (path) => path.endsWith(tail) : (path) => path === tail;
  }
  // Compiled at the first question: most patterns are never asked.
  let pattern: RegExp | undefined;
  return (path) => (pattern ??= pathPattern(parts, floating)).test(path);
}

function pathPattern(parts: readonly Part[], floating: boolean): RegExp {
  const source = parts.map(({ text, glob }) => {
    if (glob && text === '**') return '(?:/[^/]+)*';
    return `/${glob ? globSource(text) : text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}`;
  });
  return new RegExp(`${floating ? '' : '^'}${source.join('')}$`);
}
