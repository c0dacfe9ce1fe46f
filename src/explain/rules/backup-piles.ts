/** Finds what is written again and again under a new name: files of one form, and directories that are called by their day. */
import { joinPath, parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { Facts } from '../facts.ts';
import { globOf } from '../files/name-form.ts';
import type { Claims } from '../claims/claims.ts';

/** One of a pile. */
export interface Generation {
  readonly path: ByteString;
  readonly name: ByteString;
  readonly diskBytes: number;
  /** Seconds since 1970: of a directory what its name says, as a copy into it changes its times. */
  readonly madeAt: number;
  readonly claim: (claims: Claims) => number;
}

export interface Pile {
  readonly directory: ByteString;
  /** By what their names have in common, the largest first. */
  readonly forms: readonly (readonly [form: string, generations: readonly Generation[]])[];
}

/** Archives, dumps and images by their endings, encrypted or packed once more. */
const BACKUP_ENDING =
  /\.(?:sql|dump|pgdump|bak|trn|backup|bkp|tar|tgz|tbz2?|txz|zip|7z|rar|img|vbk|vib|vma|xva|ova|rdb|bson|dmp|archive|sqfs|snar|cpio|wpress|jpa)(?:\.(?:gz|bz2|xz|zst|lz4|lzo|gpg|age|enc))*$/iu;
const BACKUP_PLACE = /(?:^|[/._-])(?:backups?|bkp|dumps?|archives?|snapshots?)(?:[/._-]|$)/iu;
const PACKED = /\.(?:gz|bz2|xz|zst|lz4)$/iu;
/** Fewer are a choice, not a pile. */
const LEAST_COUNT = 3;
const LEAST_GAP_SECONDS = 600;

/** A date in a name: 20261120, 2026-11-20T0300, 2026_11_20. */
const DATE =
  /(?<!\d)(?<year>20\d\d)(?<between>[-_.]?)(?<month>0[1-9]|1[0-2])\k<between>(?<day>[0-3]\d)(?!\d(?!\d))/u;

/** Several forms in one directory are one pile: the parts of a backup that one job makes. */
export function backupPiles(facts: Facts, claims: Claims): Pile[] {
  const dated = datedPiles(facts, claims);
  const directories = dated.flatMap(({ forms }) => forms.flatMap(([, all]) => all.map(({ path }) => path)));
  const taken = (path: ByteString): boolean => directories.some((one) => path.startsWith(`${one}/`));
  const files = facts.scan.largestFiles.filter(
    (file) => isBackup(file) && !claims.isFileClaimed(file) && !taken(file.path),
  );
  const flat = [...Map.groupBy(files, ({ path }) => parentPath(path))].flatMap(([directory, own]) =>
    pileOf(directory, own.map(fileGeneration)),
  );
  return [...dated, ...flat];
}

/** Those of a directory that were made again and again. */
function pileOf(directory: ByteString, generations: readonly Generation[]): Pile[] {
  const forms = [...Map.groupBy(generations, ({ name }) => globOf(toText(name)))]
    .filter(([form, all]) => isPile(form, all))
    .toSorted(([, a], [, b]) => sumOf(b) - sumOf(a));
  return forms.length === 0 ? [] : [{ directory, forms }];
}

function isBackup({ path, name }: RankedFile): boolean {
  return BACKUP_ENDING.test(name) || ((PACKED.test(name) || DATE.test(name)) && BACKUP_PLACE.test(path));
}

/** Written at different times, as generations are: parts of one backup are written together. */
function isPile(form: string, generations: readonly Generation[]): boolean {
  if (generations.length < LEAST_COUNT || !form.includes('*')) return false;
  return gaps(generations).filter((seconds) => seconds >= LEAST_GAP_SECONDS).length >= LEAST_COUNT - 1;
}

/** Seconds from one to the next. */
export function gaps(generations: readonly Generation[]): number[] {
  const times = generations.map(({ madeAt }) => madeAt).toSorted((a, b) => a - b);
  return times.slice(1).map((time, index) => time - times[index]);
}

export function sumOf(generations: readonly Generation[]): number {
  return generations.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

function fileGeneration(file: RankedFile): Generation {
  const { path, name, diskBytes, modifiedAt } = file;
  return { path, name, diskBytes, madeAt: modifiedAt, claim: (claims) => claims.file(file).claimedBytes };
}

/** Directories called by their day, where a backup's place says so or archives are most of what is in them. */
function datedPiles(facts: Facts, claims: Claims): Pile[] {
  const { tree } = facts.scan;
  const { count, parent, diskBytes } = tree.columns;
  const archives = archivesIn(facts);
  const found = new Map<number, Generation[]>();
  for (let directory = 1; directory < count; directory++) {
    const above = parent[directory];
    if (above === ABOVE_ROOTS || diskBytes[directory] < LEAST_BYTES || claims.isClaimed(directory)) continue;
    const name = tree.name(directory);
    const madeAt = dateOf(name);
    if (madeAt === undefined) continue;
    const path = joinPath(tree.path(above), name);
    const isOne = BACKUP_PLACE.test(path) || (archives.get(directory) ?? 0) >= diskBytes[directory] * MOSTLY;
    if (!isOne || claims.unclaimedBytes(directory) < diskBytes[directory] * MOSTLY) continue;
    const generation: Generation = {
      path,
      name,
      diskBytes: diskBytes[directory],
      madeAt,
      claim: (all) => all.directory(directory).claimedBytes,
    };
    found.set(above, [...(found.get(above) ?? []), generation]);
  }
  return [...found].flatMap(([above, generations]) =>
    pileOf(
      tree.path(above),
      generations.toSorted((a, b) => a.madeAt - b.madeAt),
    ).map(({ directory, forms }) => ({
      directory,
      forms: forms.map(([form, all]) => [`${form}/`, all] as const),
    })),
  );
}

const MOSTLY = 1 / 2;
const LEAST_BYTES = 2 ** 18;

/** Bytes of archives in directories and below. */
function archivesIn({ scan }: Facts): Map<number, number> {
  const { parent } = scan.tree.columns;
  const bytes = new Map<number, number>();
  for (const file of scan.largestFiles) {
    if (!isBackup(file)) continue;
    for (let at = file.directory; at !== ABOVE_ROOTS; at = parent[at])
      bytes.set(at, (bytes.get(at) ?? 0) + file.diskBytes);
  }
  return bytes;
}

/** Noon of the day that a name gives, in seconds since 1970; undefined where it gives none. */
function dateOf(name: ByteString): number | undefined {
  const found = DATE.exec(name);
  if (found?.groups === undefined) return undefined;
  const { year, month, day } = found.groups;
  const hours = /^[-_T.]?(?<hour>[01]\d|2[0-3])[-_.:]?[0-5]\d/u.exec(
    name.slice(found.index + found[0].length),
  );
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours?.groups?.['hour'] ?? 12));
  return Number.isNaN(at) ? undefined : at / 1000;
}
