/** Plans for tests, made with node:fs alone: another way to the same digest than the one that is tested. */
import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { carryOut } from '../../src/clean/clean.ts';
import type { CleanHooks, CleanRequest } from '../../src/clean/clean.ts';
import { fromBytes } from '../../src/model/byte-string.ts';
import type { ByteString } from '../../src/model/byte-string.ts';
import type { PlannedEntry, PlannedUnit } from '../../src/model/delete-plan.ts';
import type { EntryChange, UnitOutcome } from '../../src/model/deletion.ts';
import {
  IDENTITY_WORD,
  addToDigest,
  digestText,
  entryHash,
  entryIdentity,
  fillIdentityFromStats,
  hashEntry,
  identityWords,
} from '../../src/model/entry-digest.ts';
import { fileIdOfStats } from '../../src/model/file-id.ts';

/** Plans whatever is at `place`; names may be any bytes. Deep trees are read through their parents' descriptors by /proc. */
export function planned(place: string, { lists = false } = {}): PlannedUnit {
  const top = Buffer.from(place, 'latin1');
  const parent = lstatSync(path.dirname(place), { bigint: true });
  const sum = { low: 0, high: 0 };
  const words = identityWords();
  const listed: PlannedEntry[] = [];
  const add = (at: Buffer, name: Buffer, above: bigint, below: ByteString): bigint | undefined => {
    const stats = lstatSync(at, { bigint: true });
    fillIdentityFromStats(words, stats);
    words[IDENTITY_WORD.parentInodeLow] = Number(above & 0xffff_ffffn);
    words[IDENTITY_WORD.parentInodeHigh] = Number(above >> 32n);
    hashEntry(words, name, 0, name.length);
    addToDigest(sum, entryHash);
    listed.push({ below, ...entryIdentity(words) });
    return stats.isDirectory() ? stats.ino : undefined;
  };
  const waiting: { at: Buffer; inode: bigint; below: ByteString }[] = [];
  const inode = add(top, Buffer.from(path.basename(place), 'latin1'), parent.ino, '' as ByteString);
  if (inode !== undefined) waiting.push({ at: top, inode, below: '' as ByteString });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const name of readdirSync(next.at, { encoding: 'buffer' })) {
      const at = Buffer.concat([next.at, Buffer.from('/'), name]);
      const below = (next.below === '' ? fromBytes(name) : `${next.below}/${fromBytes(name)}`) as ByteString;
      const child = add(at, name, next.inode, below);
      if (child !== undefined) waiting.push({ at, inode: child, below });
    }
  }
  const [{ below: _, ...identity }] = listed;
  return {
    path: fromBytes(top),
    parent: fileIdOfStats(parent),
    identity,
    entries: listed.length,
    digest: digestText(sum),
    freeableBytes: 0,
    rule: 'test',
    needsProof: false,
    listed: lists ? listed : undefined,
  };
}

/** Carries out a plan of `units` without a journal, unless told otherwise. */
export async function clean(
  units: readonly PlannedUnit[],
  request: Partial<CleanRequest> = {},
  hooks: CleanHooks = {},
): Promise<UnitOutcome[]> {
  return await carryOut(
    {
      plan: { units },
      dryRun: false,
      quarantine: false,
      run: 'test',
      journal: undefined,
      ownUid: process.geteuid!(),
      ownPid: process.pid,
      source: 'auto',
      ...request,
    },
    hooks,
  );
}

/** What is below `place`, relative to it, sorted; directories and all. */
export function names(place: string): string[] {
  return readdirSync(Buffer.from(place, 'latin1'), { encoding: 'buffer' })
    .map((name) => fromBytes(name))
    .toSorted();
}

/** Why it stayed: the errno's name where the kernel said no, else the obstacle's code; undefined where it went. */
export function codeOf({ obstacle }: UnitOutcome): string | undefined {
  return obstacle?.kind === 'kernel' ? obstacle.errno : obstacle?.kind;
}

/** What is known to have changed in a unit that stayed. */
export function changesOf({ obstacle }: UnitOutcome): readonly EntryChange[] {
  return obstacle?.kind === 'changed' ? obstacle.changes : [];
}
