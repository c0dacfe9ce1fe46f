/** A directory whose index is full: "No space left on device" with space to spare. */
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const directoryIndexFullWords: FindingWords<'directory-index-full'> = {
  title: () => "a directory's index is full",
  evidence: ({ device, warnings, availableBytes, directory, entries }) => [
    `the kernel warned ${countOf(warnings, 'time')} of ${quoted(device)}: "Directory index full!" — new names there fail with "No space left on device" although ${sizeText(availableBytes)} are free`,
    `it is ${quoted(directory)} with ${countOf(entries, 'entry', 'entries')}`,
  ],
  advice: () =>
    'deleting other data does not help: allow larger indexes (large_dir, kernel 4.13 and e2fsprogs 1.44 or newer), or spread the names over subdirectories',
};
