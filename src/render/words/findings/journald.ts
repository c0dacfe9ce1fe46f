/** The journal: what lies there, what it may take, and how to have it keep less. */
import { ageText } from '../../../model/age.ts';
import type { JournaldFacts } from '../../../model/findings/journald.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MIB = 2 ** 20;

export const journaldWords: FindingWords<'journald'> = {
  title: ({ other }) => (other === undefined ? 'systemd journal' : "another machine's journal"),
  evidence: ({ files, archived, archivedBytes, oldestAt, other, limit, isRuntime }, nowSeconds) => [
    `${countOf(files, 'journal file')}, ${countOf(archived, 'of them archived', 'of them archived')} (${sizeText(archivedBytes)}); the oldest was last written ${ageText(Math.max(0, nowSeconds - oldestAt))} ago`,
    ...(other === undefined
      ? []
      : [
          `${sizeText(other.diskBytes)} are of ${quoted(other.name)}, not of this machine: journald never clears them`,
        ]),
    limitText(limit),
    ...(isRuntime ? ['it lies in memory, not on a disk'] : []),
  ],
  advice: ({ other, targetBytes, limit, freeableBytes }) =>
    freeableBytes === 0
      ? `nothing of it is archived yet, and only archived files can be cleared; set ${limit.setting}= in /etc/systemd/journald.conf`
      : other === undefined
        ? `keep ${targetBytes / MIB} MiB of it now, and set ${limit.setting}= in /etc/systemd/journald.conf so that it stays small`
        : `keep ${targetBytes / MIB} MiB of what that machine wrote, or delete ${quoted(other.path)} if nobody needs it`,
};

function limitText({ setting, bytes, configuration, keepFreeBytes }: JournaldFacts['limit']): string {
  const keeps =
    keepFreeBytes === undefined
      ? ''
      : `; ${setting.replace('MaxUse', 'KeepFree')}=${sizeText(keepFreeBytes)} must stay free`;
  if (bytes === undefined) return `${setting}= is not set${keeps}`;
  return configuration === undefined
    ? `it may take ${sizeText(bytes)}: ${setting}= is not set, so a tenth of the filesystem and 4 GiB at most${keeps}`
    : `it may take ${sizeText(bytes)} (${setting}= in ${quoted(configuration)})${keeps}`;
}
