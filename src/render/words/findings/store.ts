/** Stores of known programs: what is in them in their owners' words, what gives space back, what nobody does by hand. */
import { ageText } from '../../../model/age.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { PartKind, StorePart, StoreVolume } from '../../../model/findings/store.ts';
import { sizeText } from '../../../model/size.ts';
import { countOf, quoted } from '../phrases.ts';
import { placeAdvice } from '../place-advice.ts';
import { writersText } from '../processes.ts';
import { partWords } from '../stores/part-words.ts';
import { storeWords } from '../stores/stores.ts';
import type { FindingWords } from './finding-words.ts';

type Program = Extract<FindingOf<'store'>, { readonly kind: 'program' }>;

const MOSTLY = 0.9;
const MOST_KINDS = 4;
const MOST_NAMES = 4;

export const storeFindingWords: FindingWords<'store'> = {
  title: (finding) => {
    if (finding.kind === 'place') return finding.what;
    const { name } = storeWords[finding.store];
    // Where another finding explains most of it, that one is the cause.
    const isWhole = finding.claimedBytes >= finding.diskBytes * MOSTLY;
    const cause = isWhole ? mainCause(finding.parts) : undefined;
    return cause === undefined ? name : `${name}, mostly ${partWords[cause][1]}`;
  },
  evidence: (finding, nowSeconds) => {
    const { parts, directory } = finding;
    if (finding.kind === 'place')
      return [
        `in ${quoted(directory)}`,
        ...partsText(parts, nowSeconds),
        ...(finding.advice.trap === undefined ? [] : [finding.advice.trap]),
      ];
    return [
      ...partsText(parts, nowSeconds),
      `in ${quoted(directory)}${foundText(finding)}`,
      writersText(finding.holders, finding.unseen),
      ...(finding.volume === undefined ? [] : [volumeText(finding.volume)]),
    ];
  },
  advice: (finding) => {
    if (finding.kind === 'place') return placeAdvice(finding.advice);
    const { gives, never } = storeWords[finding.store];
    const { volume } = finding;
    return volume !== undefined && volume.usedBy.length === 0 && volume.isCertain
      ? 'no container has the volume now, but one that was taken down may come back for it: ask whose it is, and keep a copy of what is in it, before docker volume rm'
      : `${gives}; ${never}`;
  },
};

/** What a store is not there for: worth a place in the title where it is most of it. */
const CAUSES: ReadonlySet<PartKind> = new Set<PartKind>([
  'archived-log',
  'backup',
  'cache',
  'dump',
  'garbage',
  'log',
  'log-table',
  'preview',
  'snapshot',
  'temporary',
  'trash',
  'version',
  'wal',
  'workspace',
]);

function mainCause(parts: readonly StorePart[]): PartKind | undefined {
  const [largest, ...others] = byKind(parts);
  if (largest === undefined || others.length === 0 || !CAUSES.has(largest.kind)) return undefined;
  const all = [largest, ...others].reduce((sum, { bytes }) => sum + bytes, 0);
  return largest.bytes > all / 2 ? largest.kind : undefined;
}

interface Kind {
  readonly kind: PartKind;
  readonly parts: readonly StorePart[];
  readonly bytes: number;
}

/** Parts of one kind together, the largest kinds first. */
function byKind(parts: readonly StorePart[]): Kind[] {
  return [...Map.groupBy(parts, ({ kind }) => kind)]
    .map(([kind, own]) => ({
      kind,
      parts: own.toSorted((a, b) => b.diskBytes - a.diskBytes),
      bytes: own.reduce((sum, { diskBytes }) => sum + diskBytes, 0),
    }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

function partsText(parts: readonly StorePart[], nowSeconds: number): string[] {
  return byKind(parts)
    .slice(0, MOST_KINDS)
    .map(({ kind, parts: own }) => kindText(kind, own, nowSeconds));
}

/** "indices: logs-2026.11 4.0 GiB, metrics 1.2 GiB and 7 more (310 MiB)". */
function kindText(kind: PartKind, parts: readonly StorePart[], nowSeconds: number): string {
  const [one, many] = partWords[kind];
  const named = parts.filter(({ name }) => name !== undefined);
  if (named.length === 0) return parts.map((part) => wholeText(part, one, many, nowSeconds)).join(', ');
  const shown = parts.slice(0, MOST_NAMES).map((part) => partText(part, one, many, nowSeconds));
  const rest = parts.slice(MOST_NAMES);
  const restBytes = rest.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
  const more = rest.length === 0 ? '' : ` and ${rest.length} more (${sizeText(restBytes)})`;
  return `${parts.length === 1 ? one : many}: ${shown.join(', ')}${more}`;
}

function partText(part: StorePart, one: string, many: string, nowSeconds: number): string {
  const { name, diskBytes, count, neededBy } = part;
  if (name === undefined) return wholeText(part, one, many, nowSeconds);
  const details = [
    ...(count === undefined ? [] : [countOf(count, ...thing(part.kind))]),
    ...(part.kind === 'snapshot' || part.kind === 'garbage' ? agesText(part, nowSeconds) : []),
    ...givesText(part),
    ...(neededBy === undefined ? [] : [`needed by ${quoted(neededBy)}`]),
  ];
  return `${quoted(name)} ${sizeText(diskBytes)}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

/** "18 archived logs with 540 MiB, 1 day to 6 days old". */
function wholeText(part: StorePart, one: string, many: string, nowSeconds: number): string {
  const { count, diskBytes } = part;
  const what = count === undefined ? many : countOf(count, one, many);
  return [`${what} with ${sizeText(diskBytes)}`, ...agesText(part, nowSeconds), ...givesText(part)].join(
    ', ',
  );
}

/** What is counted in a part that has a name. */
function thing(kind: PartKind): readonly [one: string, many: string] {
  switch (kind) {
    case 'topic':
      return ['partition', 'partitions'];
    case 'layer':
      return ['snapshot', 'snapshots'];
    case 'build':
      return ['build', 'builds'];
    case 'queue':
      return ['entry', 'entries'];
    default:
      return ['file', 'files'];
  }
}

function agesText({ oldestAt, newestAt }: StorePart, nowSeconds: number): string[] {
  if (newestAt === undefined || !Number.isFinite(newestAt)) return [];
  const [newest, oldest] = [newestAt, oldestAt ?? newestAt].map((at) =>
    ageText(Math.max(0, nowSeconds - at)),
  );
  return [newest === oldest ? `${newest} old` : `${newest} to ${oldest} old`];
}

function givesText({ diskBytes, givesBackBytes }: StorePart): string[] {
  if (givesBackBytes === undefined || givesBackBytes === diskBytes) return [];
  return [givesBackBytes === 0 ? 'gives nothing back' : `gives ${sizeText(givesBackBytes)} back`];
}

function foundText({ foundBy, version }: Program): string {
  const whose = version === undefined ? '' : `, version ${quoted(version)}`;
  switch (foundBy) {
    case 'mark':
      return whose;
    case 'process':
      return `${whose}, as the running program was told`;
    case 'configuration':
      return `${whose}, as its configuration says`;
    case 'place':
      return `${whose}, where it is kept by default`;
  }
}

function volumeText({ name, usedBy, isCertain }: StoreVolume): string {
  if (usedBy.length > 0) return `volume ${quoted(name)}, used by ${usedBy.map(quoted).join(' and ')}`;
  return isCertain
    ? `volume ${quoted(name)}, which no container uses, running or stopped`
    : `volume ${quoted(name)}`;
}
