/** How findings word counts and names, the same in every rule. Names stay bytes: whoever prints a sentence escapes it. */
import { isText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** "1 file", "2 files", "41,202 entries". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** A name or path inside a sentence. */
export function quoted(name: ByteString): string {
  return toText(name);
}

/** A path as one word of a POSIX shell command, safe to paste whatever it is made of. */
export function shellWord(path: ByteString): string {
  if (/^[\w@%+=:,./-]+$/u.test(path)) return path;
  const text = toText(path);
  // eslint-disable-next-line no-control-regex -- exactly these must not reach a terminal or a shell as they are
  if (isText(path) && !/[\u0000-\u001f\u007f]/u.test(path))
    return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  // Bytes that cannot be pasted are spelled out, as bash, zsh and POSIX.1-2024 read them.
  const bytes = path.replaceAll(
    /[^\w@%+=:,./ -]/gu,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `$'${bytes}'`;
}
