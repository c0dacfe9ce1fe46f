/** A command with something left for a person to fill in is never taken for one that can be run as it stands. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue, leverWords, stores } from '../../src/catalogue/catalogue.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { ownerActions } from '../../src/remedies/remedies.ts';

/** Words in CAPITALS that programs are given as they stand. */
const MEANT = new Set(
  [
    'ADMIN AND AS BY CALL CLEAN DELETE DESC FROM GLOBAL GROUP LIMIT ORDER SELECT SET SHOW TRASH CHECKPOINT VACUUM FULL',
    'ALL ACTION DRY_RUN GB LOCK MACHINES POST STATUS USR VB WINEPREFIX CQ',
  ].flatMap((line) => line.split(' ')),
);

const capitals = (command: string): string[] =>
  [...command.matchAll(/[A-Z][A-Z_]+/gu)].map(([word]) => word).filter((word) => !MEANT.has(word));

test('levers of stores', () => {
  const wrong = stores.flatMap(({ store, levers = [] }) =>
    levers
      .filter((lever) => !leverWords(lever, fromText('/srv/store')).hasBlanks)
      .flatMap(({ command }) => capitals(command).map((word) => `${store}: ${word} in ${command}`)),
  );
  assert.deepEqual(wrong, []);
});

test('commands of places', () => {
  const wrong = catalogue.flatMap((entry) =>
    ownerActions(entry, fromText('/srv/place'), [], 1).flatMap(() =>
      capitals(entry.command ?? '').map((word) => `${entry.id}: ${word} in ${entry.command}`),
    ),
  );
  assert.deepEqual(wrong, []);
});
