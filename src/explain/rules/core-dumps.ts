/** What crashes left behind: core dumps wherever they lie, told by their header, and the stores of crash reporters. */
import { joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { CrashCount } from '../../model/findings/core-dumps.ts';
import type { Action } from '../../model/action.ts';
import type { Proposal } from '../../model/finding.ts';
import { readCoreFile } from '../../system/files/core-file.ts';
import { directoryNames } from '../../system/directories/directory-names.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../places/known-places.ts';
import type { Claims } from '../claims/claims.ts';
import { inspectActions } from '../../remedies/remedies.ts';
import { placeAdviceOf } from '../claims/place-actions.ts';
import { claimPlaces, placeFact } from '../claims/place-group.ts';
import type { Rule } from '../claims/rule.ts';

/** Called like a core dump in one of the ways that core_pattern is set to. The header decides. */
const CORE_NAME = /^core$|^core[._-]|[._-]core(?:\.\d+)?$/u;
const LOOK_SHARE = 1 / 16;
/** systemd keeps dozens. */
const MOST_REMOVED = 100;

export const coreDumps: Rule = {
  name: 'core-dumps',
  find: (facts, claims) => {
    const places = facts.places.filter(
      ({ family, entry }) => family === 'crash-dumps' && entry.id !== 'core-file',
    );
    const byKind = [...Map.groupBy(places, ({ entry, system }) => `${entry.id} ${system}`).values()];
    return [
      ...byKind.flatMap((kind) => placesProposal(kind, facts, claims)),
      ...coreFilesProposal(facts, claims),
    ];
  },
};

function placesProposal(places: readonly KnownPlace[], facts: Facts, claims: Claims): Proposal[] {
  const group = claimPlaces(places, facts, claims);
  if (!group) return [];
  const [{ entry, path }] = group.places;
  const files = group.places.flatMap(({ file }) => file ?? []);
  const areFiles = files.length === group.places.length;
  const { diskBytes, claimedBytes, freeableBytes } = group;
  const common = {
    newestAt: group.newest,
    diskBytes,
    claimedBytes,
    freeableBytes,
    paths: group.places.map((place) => place.path),
    risk: entry.class === 'A' ? 'safe' : 'review',
  } as const;
  if (entry.id === 'systemd-coredumps') {
    const dumps = systemdDumps(path);
    return [
      {
        rule: 'core-dumps',
        kind: 'systemd',
        directory: path,
        programs: counted(dumps.map(({ program }) => program)),
        ...common,
        actions: removal(
          dumps.map(({ name }) => joinPath(path, name)),
          freeableBytes,
        ),
      },
    ];
  }
  return [
    {
      rule: 'core-dumps',
      kind: 'places',
      places: group.places.map(placeFact),
      areFiles: places[0].file !== undefined,
      advice: placeAdviceOf(entry),
      inspect: entry.inspect,
      command: entry.command,
      ...common,
      actions: [
        ...(areFiles
          ? removal(
              files.map((file) => file.path),
              freeableBytes,
            )
          : []),
        ...inspectActions(entry),
      ],
    },
  ];
}

/** Dumps that programs wrote where they ran. */
function coreFilesProposal(facts: Facts, claims: Claims): Proposal[] {
  const { scan, worthBytes } = facts;
  const cores = scan.largestFiles
    .filter(
      (file) =>
        file.diskBytes >= worthBytes * LOOK_SHARE && CORE_NAME.test(file.name) && !claims.isFileClaimed(file),
    )
    .flatMap((file) => {
      const core = readCoreFile(file.path);
      return core ? [{ file, program: core.program }] : [];
    });
  const diskBytes = cores.reduce((sum, { file }) => sum + file.diskBytes, 0);
  if (diskBytes < worthBytes) return [];
  const files = cores.map(({ file }) => file);
  const freeableBytes = files.reduce((sum, file) => sum + (file.links === 1 ? file.diskBytes : 0), 0);
  return [
    {
      rule: 'core-dumps',
      kind: 'files',
      files: files.length,
      largest: files[0].path,
      largestBytes: files[0].diskBytes,
      programs: counted(cores.flatMap(({ program }) => program ?? [])),
      newestAt: Math.max(...files.map(({ modifiedAt }) => modifiedAt)),
      diskBytes,
      claimedBytes: files.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0),
      freeableBytes,
      paths: files.map(({ path }) => path),
      actions: removal(
        files.map(({ path }) => path),
        freeableBytes,
      ),
      risk: 'review',
    },
  ];
}

/** More than a person reads before pressing Enter is not offered. */
function removal(paths: readonly ByteString[], bytes: number): Action[] {
  if (paths.length === 0 || paths.length > MOST_REMOVED) return [];
  return [
    {
      kind: 'delete-files',
      paths,
      meaning: 'core-dump',
      frees: { bytes, certainty: 'exact' },
      loses: 'crash-evidence',
      risk: 'review',
    },
  ];
}

/** core.COMMAND.UID.BOOT.PID.TIME, odd bytes of the command as \xHH (systemd-coredump(8)). */
function systemdDumps(directory: ByteString): { readonly name: ByteString; readonly program: ByteString }[] {
  return directoryNames(directory).flatMap((name) => {
    const command = /^core\.(.+)\.\d+\.[0-9a-f]{32}\.\d+\.\d+(?:\.\w+)?$/u.exec(name)?.[1];
    return command === undefined ? [] : [{ name, program: unescaped(command) }];
  });
}

function unescaped(name: string): ByteString {
  return name.replaceAll(/\\x([0-9a-f]{2})/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  ) as ByteString;
}

/** The most frequent first. */
function counted(programs: readonly ByteString[]): readonly CrashCount[] {
  return [...Map.groupBy(programs, (program) => program)]
    .map(([program, list]) => ({ program, count: list.length }))
    .toSorted((a, b) => b.count - a.count || (a.program < b.program ? -1 : 1));
}
