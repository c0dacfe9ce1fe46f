/** Reserved and never written, or smaller than it looks. */
import type { FindingOf } from '../../../model/finding.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_NAMED = 3;

type Reserve = Extract<FindingOf<'preallocated-or-sparse'>, { readonly kind: 'reserved' }>['files'][number];

export const preallocatedOrSparseWords: FindingWords<'preallocated-or-sparse'> = {
  title: ({ kind }) => (kind === 'reserved' ? 'reserved, not written' : 'smaller than it looks'),
  evidence: (finding) => {
    if (finding.kind === 'reserved') return finding.files.slice(0, MOST_NAMED).map(reserveText);
    const { files, more } = finding;
    return [
      ...files
        .slice(0, MOST_NAMED)
        .map(
          ({ path, apparentBytes, diskBytes }) =>
            `ls shows ${sizeText(apparentBytes)} for ${quoted(path)}, the disk holds ${sizeText(diskBytes)} of it`,
        ),
      ...(more > 0 ? [`${countOf(more, 'more file')} with holes, or compressed by the filesystem`] : []),
    ];
  },
  advice: ({ kind }) =>
    kind === 'reserved'
      ? 'a program reserves it for what it will write: ask for less in its settings; never copy over it while a program or a store uses it'
      : 'nothing to free; copy such files with holes, or the copy takes the full size: cp --sparse=always, rsync -S, tar -S',
};

function reserveText({ path, diskBytes, apparentBytes, reservedBytes }: Reserve): string {
  const all = `${sizeText(reservedBytes)} of the ${sizeText(diskBytes)} that ${quoted(path)} takes are reserved and were never written`;
  return diskBytes > apparentBytes + reservedBytes / 2
    ? `${all}, beyond its end at ${sizeText(apparentBytes)}`
    : all;
}
