/** Relative files of options where the working directory is gone: the process stands elsewhere then, and would write there. */
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { OptionKey } from '../options/option-table.ts';
import type { Request } from '../options/typed-options.ts';

const FILES: readonly OptionKey[] = [
  'output',
  'snapshotFile',
  'from',
  'since',
  'journal',
  'textfile',
  'to',
  'httpfs',
  'apply',
];
/** What is no file: standard input and output, the newest snapshot, no journal. */
const WORDS: ReadonlySet<string> = new Set(['-', 'last', 'none']);

/** Throws UsageError for the first; operands are looked at by who uses them. */
export function refuseRelative({ options }: Request): void {
  const values: Readonly<Record<string, unknown>> = options;
  const relative = FILES.map((key) => values[key]).find(
    (value) => typeof value === 'string' && !value.startsWith('/') && !WORDS.has(value),
  );
  if (relative !== undefined)
    throw new UsageError('the working directory is gone: no such file or directory', relative as ByteString);
}
