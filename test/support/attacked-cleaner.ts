/** Plans and deletes the units of a directory again and again until its input ends; then prints the outcomes, counted. */
import { readdirSync, renameSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Guard } from '../../src/clean/guard/guard.ts';
import { LastLook } from '../../src/clean/guard/last-look.ts';
import { isHoldingDirectory, openHoldingDirectory } from '../../src/clean/guard/holding-directory.ts';
import { LinkLedger } from '../../src/clean/guard/link-ledger.ts';
import { fromText } from '../../src/model/byte-string.ts';
import type { PlannedUnit } from '../../src/model/delete-plan.ts';
import { entryIdentity } from '../../src/model/entry-digest.ts';
import type { FileId } from '../../src/model/file-id.ts';
import { chooseDirectoryCalls } from '../../src/system/directories/choose-directory-calls.ts';
import { clean, codeOf } from './plan.ts';
import { buildUnit } from './unit-under-attack.ts';

const [, , units, unitsId, source, staging, help] = process.argv;
const calls = chooseDirectoryCalls(source as 'auto' | 'portable')!;
const nobodyHolds = {
  openFiles: () => ({ processes: 0, hiddenPids: [], blindSpots: [], files: new Map() }),
  fileLocks: () => [],
  diskFiles: () => [],
  mounts: () => [],
  foreignMounts: () => ({ namespaces: [], hidden: 0 }),
};
const input = { ended: false };
process.stdin.on('end', () => {
  input.ended = true;
});
process.stdin.resume();

/** What a judge would have said a moment ago: read through descriptors, as the scan reads. */
function judged(name: string): PlannedUnit | undefined {
  const path = fromText(`${units}/${name}`);
  const ownUid = process.geteuid!();
  const place = openHoldingDirectory({ calls, ownUid }, path, unitsId as FileId);
  if (!isHoldingDirectory(place)) return undefined;
  using opened = place;
  const context = {
    calls,
    held: new LastLook(nobodyHolds, 0),
    ledger: new LinkLedger(),
    ownUid,
    anchors: undefined,
  };
  using guard = new Guard(context, opened, { most: 100_000, lists: false, needsProof: false });
  guard.advance(Infinity);
  if (guard.refusal || !calls.lookAt(opened.descriptor, opened.name)) return undefined;
  const identity = entryIdentity(calls.look.words);
  const { entries, digest } = guard;
  return {
    path,
    parent: unitsId as FileId,
    identity,
    entries,
    digest,
    freeableBytes: 0,
    rule: 'test',
    needsProof: false,
    listed: undefined,
  };
}

/** Where the attackers do not build units themselves. */
function buildAll(): void {
  for (let i = 0; i < 8; i++) {
    try {
      buildUnit(`${staging}/u${i}`);
      renameSync(`${staging}/u${i}`, `${units}/u${i}`);
    } catch {
      // It is still there.
    }
  }
}

/** A second thread takes so long to start that attackers keep nearly every unit: one in so many has its help. */
const HELPED = 4;
let turns = 0;
const counts: Record<string, number> = {};
const count = (what: string, number: number): void => {
  counts[what] = (counts[what] ?? 0) + number;
};
while (!input.ended) {
  await nextTurn();
  if (staging !== '') buildAll();
  let names: string[] = [];
  try {
    names = readdirSync(units);
  } catch {
    continue;
  }
  for (const name of names) {
    const unit = judged(name);
    if (!unit) continue;
    const [result] = await clean([unit], {
      source: source as 'auto' | 'portable',
      helpFrom: help !== '' && turns++ % HELPED === 0 ? 1 : undefined,
    });
    const { outcome, removedEntries } = result;
    const code = codeOf(result);
    count(code === undefined || code === outcome ? outcome : `${outcome} ${code}`, 1);
    count('removed', removedEntries);
  }
}
counts['descriptors'] = readdirSync('/proc/self/fd').length;
process.stdout.write(`${JSON.stringify(counts)}\n`);
