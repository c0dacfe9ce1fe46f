/** What crashes left behind: core dumps wherever they lie, told by their header, and the stores of crash reporters. */
import { ageText } from '../../model/age.ts';
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { sizeText } from '../../model/size.ts';
import { readCoreFile } from '../../system/files/core-file.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import type { Claims } from './claims.ts';
import { claimPlaces } from './place-group.ts';
import type { PlaceGroup } from './place-group.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

/** Called like a core dump in one of the ways that core_pattern is set to. The header decides. */
const CORE_NAME = /^core$|^core[._-]|[._-]core(?:\.\d+)?$/u;
const LOOK_SHARE = 1 / 16;
const MOST_REMOVED = 5;

export const coreDumps: Rule = {
  name: 'core-dumps',
  find: (facts, claims) => {
    const places = facts.places.filter(
      ({ family, entry }) => family === 'crash-dumps' && entry.id !== 'core-file',
    );
    const byKind = [...Map.groupBy(places, ({ entry }) => entry.id).values()];
    return [
      ...byKind.flatMap((kind) => placesFinding(kind, facts, claims)),
      ...coreFilesFinding(facts, claims),
    ];
  },
};

function placesFinding(places: readonly KnownPlace[], facts: Facts, claims: Claims): Finding[] {
  const group = claimPlaces(places, facts, claims);
  if (!group) return [];
  const [{ entry, path }] = group.places;
  const isSystemd = entry.id === 'systemd-coredumps';
  const files = group.places.flatMap(({ file }) => file ?? []);
  return [
    {
      rule: 'core-dumps',
      title: titles[entry.id] ?? 'crash reports',
      ...bytesOf(group),
      paths: group.places.map((place) => place.path),
      evidence: [
        isSystemd ? systemdText(path) : placesText(group),
        `newest ${ageText(Math.max(0, facts.nowSeconds - group.newest))} old`,
        ...(isSystemd ? ['systemd deletes them after two weeks unless tmpfiles.d says otherwise'] : []),
      ],
      remedy: isSystemd
        ? {
            text: 'see what crashes (coredumpctl list), then delete the dumps; MaxUse= in /etc/systemd/coredump.conf caps them',
            command: `find ${shellWord(path)} -maxdepth 1 -type f -name 'core.*' -delete`,
          }
        : {
            text:
              entry.advice ??
              `${entry.inspect ?? 'list them'}, then ${entry.command ?? 'delete what nobody needs'}`,
            command: files.length === group.places.length ? removeFiles(files) : entry.inspect,
          },
      risk: entry.class === 'A' ? 'safe' : 'review',
    },
  ];
}

const titles: Readonly<Record<string, string>> = {
  'systemd-coredumps': 'core dumps',
  'kernel-crash-dumps': 'kernel crash dumps',
  'java-heap-dump': 'Java heap dumps',
  'java-flight-recording': 'Java flight recordings',
  'java-crash-log': 'Java crash logs',
};

/** Dumps that programs wrote where they ran. */
function coreFilesFinding(facts: Facts, claims: Claims): Finding[] {
  const { scan, worthBytes, nowSeconds } = facts;
  const cores = scan.largestFiles
    .filter(
      (file) =>
        file.diskBytes >= worthBytes * LOOK_SHARE && CORE_NAME.test(file.name) && !claims.isFileClaimed(file),
    )
    .flatMap((file) => {
      const core = readCoreFile(file.path);
      return core ? [{ file, program: core.program }] : [];
    });
  const bytes = cores.reduce((sum, { file }) => sum + file.diskBytes, 0);
  if (bytes < worthBytes) return [];
  const files = cores.map(({ file }) => file);
  const newest = Math.max(...files.map(({ modifiedAt }) => modifiedAt));
  const programs = cores.flatMap(({ program }) => (program === undefined ? [] : quoted(program)));
  return [
    {
      rule: 'core-dumps',
      title: 'core dumps',
      diskBytes: bytes,
      claimedBytes: files.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
      freeableBytes: files.reduce((sum, { links, diskBytes }) => sum + (links === 1 ? diskBytes : 0), 0),
      paths: files.map(({ path }) => path),
      evidence: [
        `${countOf(files.length, 'ELF core dump')}${programs.length === 0 ? '' : ` of ${countedNames(programs)}`}`,
        `the largest, ${quoted(files[0].path)}, has ${sizeText(files[0].diskBytes)}; the newest is ${ageText(Math.max(0, nowSeconds - newest))} old`,
      ],
      remedy: {
        text: 'delete them once nobody debugs these crashes; `ulimit -c 0` where the program starts prevents new ones',
        command: removeFiles(files),
      },
      risk: 'review',
    },
  ];
}

function bytesOf({
  diskBytes,
  claimedBytes,
  freeableBytes,
}: PlaceGroup): Omit<PlaceGroup, 'places' | 'newest'> {
  return { diskBytes, claimedBytes, freeableBytes };
}

function placesText({ places }: PlaceGroup): string {
  const [{ entry, path, diskBytes, file }] = places;
  const what = file === undefined ? countOf(places.length, 'place') : countOf(places.length, 'file');
  return `${entry.what}: ${what}, the largest ${quoted(path)} with ${sizeText(diskBytes)}`;
}

/** core.COMMAND.UID.BOOT.PID.TIME, odd bytes of the command as \xHH (systemd-coredump(8)). */
function systemdText(directory: ByteString): string {
  const programs = directoryNames(directory).flatMap((name) => {
    const command = /^core\.(.+)\.\d+\.[0-9a-f]{32}\.\d+\.\d+(?:\.\w+)?$/u.exec(name)?.[1];
    return command === undefined ? [] : quoted(unescaped(command));
  });
  return programs.length === 0
    ? `${quoted(joinPath(directory, fromText('core.*')))}: kept by systemd-coredump`
    : `${countOf(programs.length, 'core dump')} of ${countedNames(programs)}`;
}

function unescaped(name: string): ByteString {
  return name.replaceAll(/\\x([0-9a-f]{2})/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  ) as ByteString;
}

/** "nginx (9), java (3)", the most frequent first. */
function countedNames(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, list]) => ({
    name,
    count: list.length,
  }));
  const sorted = counts.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const more = sorted.length > 3 ? ` and ${countOf(sorted.length - 3, 'other program')}` : '';
  return (
    sorted
      .slice(0, 3)
      .map(({ name, count }) => `${name} (${count})`)
      .join(', ') + more
  );
}

function removeFiles(files: readonly RankedFile[]): string | undefined {
  if (files.length > MOST_REMOVED) return undefined;
  return `rm -- ${files.map(({ path }) => shellWord(path)).join(' ')}`;
}
