/** Huge directories: how many names, of which forms. */
import { ageText } from '../../../model/age.ts';
import { grouped } from '../../../model/grouped.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

/** Names that take less are not worth a word. */
const LONG_LIST_BYTES = 2 ** 20;

export const hugeDirectoryWords: FindingWords<'huge-directory'> = {
  title: ({ kind }) => (kind === 'crowded' ? 'huge directory' : 'directory left large'),
  evidence: (finding, nowSeconds) => {
    const { directory, files, listBytes, diskBytes } = finding;
    if (finding.kind === 'left-large')
      return [
        `the list of names of ${quoted(directory)} takes ${sizeText(listBytes)} for ${countOf(files, 'file')}: it once held many more`,
      ];
    const { forms, sampled, changedAt } = finding;
    const list = listBytes >= LONG_LIST_BYTES ? `; their names alone take ${sizeText(listBytes)}` : '';
    return [
      `${countOf(files, 'file')} lie directly in ${quoted(directory)} with ${sizeText(diskBytes)}${list}`,
      ...(forms.length === 0
        ? []
        : [
            `of ${grouped(sampled)} names looked at: ${forms.map(({ form, share }) => `${quoted(form)} ${Math.round(100 * share)} %`).join(', ')}`,
          ]),
      `the latest change was ${ageText(nowSeconds - changedAt)} ago`,
    ];
  },
  advice: ({ kind }) =>
    kind === 'crowded'
      ? 'find out who writes them and stop it; then have their program delete those no longer needed (rm * cannot, with so many names)'
      : 'ext4 never makes a directory smaller: move what is in it to a new one and delete the old, or run e2fsck -D while it is not mounted',
};
