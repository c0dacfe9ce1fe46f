/** Rotated logs that are kept: how many, by which setting, packed or not. */
import { ageText } from '../../../model/age.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const rotatedLogsKeptWords: FindingWords<'rotated-logs-kept'> = {
  title: () => 'rotated logs kept',
  evidence: (finding, nowSeconds) => {
    const { generations, logs, directories, oldestAt, largest, largestBytes, rotation } = finding;
    const where =
      directories.length > 1
        ? countOf(directories.length, 'directory', 'directories')
        : quoted(directories[0]);
    return [
      `${countOf(generations, 'generation')} of ${countOf(logs, 'log')} in ${where}, the oldest ${ageText(Math.max(0, nowSeconds - oldestAt))} old; the largest, ${quoted(largest)}, has ${sizeText(largestBytes)}`,
      rotation === undefined
        ? `no rule of logrotate names ${directories.length > 1 ? 'most of them' : 'them'}: the program that writes them keeps them`
        : `${quoted(rotation.configuration)} keeps ${rotation.keeps} of each${rotation.schedule === undefined ? '' : `, ${quoted(rotation.schedule)}`}${rotation.compresses ? '' : ', not compressed'}`,
      ...(finding.uncompressed === 0
        ? []
        : [
            `${countOf(finding.uncompressed, 'of them is', 'of them are')} not compressed: ${sizeText(finding.uncompressedBytes)}`,
          ]),
    ];
  },
  advice: ({ rotation }) =>
    rotation === undefined
      ? 'look at the oldest, delete what nobody has to keep, and have the program or logrotate keep fewer'
      : `lower \`rotate ${rotation.keeps}\` in ${quoted(rotation.configuration)}${rotation.compresses ? '' : ' and add `compress`'}; look at the oldest and delete what nobody has to keep: logrotate leaves those beyond the new number`,
};
