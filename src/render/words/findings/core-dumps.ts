/** Core dumps and crash reports: of which programs, how old. */
import { ageText } from '../../../model/age.ts';
import { fromText, joinPath } from '../../../model/byte-string.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { CrashCount } from '../../../model/findings/core-dumps.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const titles: Readonly<Record<string, string>> = {
  'kernel-crash-dumps': 'kernel crash dumps',
  'java-heap-dump': 'Java heap dumps',
  'java-flight-recording': 'Java flight recordings',
  'java-crash-log': 'Java crash logs',
};

export const coreDumpsWords: FindingWords<'core-dumps'> = {
  title: (finding) =>
    finding.kind === 'places' ? (titles[finding.places[0].id] ?? 'crash reports') : 'core dumps',
  evidence: (finding, nowSeconds) => {
    const age = ageText(Math.max(0, nowSeconds - finding.newestAt));
    if (finding.kind === 'files') {
      const { files, programs, largest, largestBytes } = finding;
      return [
        `${countOf(files, 'ELF core dump')}${programs.length === 0 ? '' : ` of ${countedNames(programs)}`}`,
        `the largest, ${quoted(largest)}, has ${sizeText(largestBytes)}; the newest is ${age} old`,
      ];
    }
    return [
      whereText(finding),
      `newest ${age} old`,
      ...(finding.kind === 'systemd'
        ? ['systemd deletes them after two weeks unless tmpfiles.d says otherwise']
        : []),
    ];
  },
  advice: (finding) => {
    switch (finding.kind) {
      case 'files':
        return 'delete them once nobody debugs these crashes; `ulimit -c 0` where the program starts prevents new ones';
      case 'systemd':
        return 'see what crashes (coredumpctl list), then delete the dumps; MaxUse= in /etc/systemd/coredump.conf caps them';
      case 'places':
        return (
          finding.advice.advice ??
          `${finding.inspect ?? 'list them'}, then ${finding.command ?? 'delete what nobody needs'}`
        );
    }
  },
};

function whereText(finding: Exclude<FindingOf<'core-dumps'>, { readonly kind: 'files' }>): string {
  if (finding.kind === 'places') {
    const { places, areFiles } = finding;
    const [{ what, path, diskBytes }] = places;
    const count = countOf(places.length, areFiles ? 'file' : 'place');
    return `${what}: ${count}, the largest ${quoted(path)} with ${sizeText(diskBytes)}`;
  }
  const { programs, directory } = finding;
  const count = programs.reduce((sum, one) => sum + one.count, 0);
  return count === 0
    ? `${quoted(joinPath(directory, fromText('core.*')))}: kept by systemd-coredump`
    : `${countOf(count, 'core dump')} of ${countedNames(programs)}`;
}

const MOST_PROGRAMS = 3;

/** "nginx (9), java (3)", the most frequent first. */
function countedNames(programs: readonly CrashCount[]): string {
  const more =
    programs.length > MOST_PROGRAMS
      ? ` and ${countOf(programs.length - MOST_PROGRAMS, 'other program')}`
      : '';
  return (
    programs
      .slice(0, MOST_PROGRAMS)
      .map(({ program, count }) => `${quoted(program)} (${count})`)
      .join(', ') + more
  );
}
