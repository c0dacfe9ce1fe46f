/** Old kernels, and old revisions of snaps. */
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_KERNELS = 6;
const MOST_SNAPS = 4;

export const oldKernelsAndSnapsWords: FindingWords<'old-kernels-and-snaps'> = {
  title: (finding) => {
    switch (finding.kind) {
      case 'kernels':
        return 'old kernels';
      case 'kernels-of-others':
        return finding.isOwn ? 'kernels, none of which runs' : 'kernels of another system';
      case 'snaps':
        return 'old snap revisions';
    }
  },
  evidence: (finding) => {
    if (finding.kind === 'kernels') {
      const { old, running, kept } = finding;
      const names = old.slice(0, MOST_KERNELS).map(quoted).join(', ');
      return [
        `${countOf(old.length, 'kernel')} ${old.length === 1 ? 'is' : 'are'} neither running nor next: ${names}${old.length > MOST_KERNELS ? ' and more' : ''}`,
        `${quoted(running)} runs; ${kept.map(quoted).join(', ')} stay`,
      ];
    }
    if (finding.kind === 'kernels-of-others') {
      const { releases, running, directory } = finding;
      const names = releases.slice(0, MOST_KERNELS).map(quoted).join(', ');
      const runs = running === undefined ? '' : ` (${quoted(running)} does)`;
      return [
        `${countOf(releases.length, 'kernel')} in ${quoted(directory)}: ${names}${releases.length > MOST_KERNELS ? ' and more' : ''}`,
        `none of them runs here${runs}: which of them boots next cannot be told from here`,
      ];
    }
    const { revisions, alsoCached } = finding;
    const shown = revisions
      .slice(0, MOST_SNAPS)
      .map(
        ({ snap, revision, diskBytes, inUse }) =>
          `${quoted(snap)} ${quoted(revision)} (${sizeText(diskBytes)}; ${quoted(inUse)} is in use)`,
      );
    return [
      `${countOf(revisions.length, 'revision')} not in use: ${shown.join(', ')}`,
      ...(alsoCached === 0
        ? []
        : [
            `${countOf(alsoCached, 'of them has', 'of them have')} another name in /var/lib/snapd/cache: the space comes back when snapd drops that too`,
          ]),
    ];
  },
  advice: ({ kind }) =>
    kind === 'kernels'
      ? 'remove their packages, never their files: the package manager updates the boot loader too'
      : kind === 'kernels-of-others'
        ? 'keep the newest, the one its boot loader names and one to fall back to; remove the packages of the others inside that system (chroot, its package manager), never their files: the boot loader has to be updated too'
        : 'have snapd remove them, never delete the files; `snap set system refresh.retain=2` keeps fewer from now on',
};
