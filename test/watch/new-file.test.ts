/** Files that are made and deleted at once fill nothing, also where their deletions are seen late and their names come back. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { WatchEvent } from '../../src/model/watch-event.ts';
import { createFileLook } from '../../src/system/files/file-look.ts';
import { AlarmDesk } from '../../src/watch/alarms/alarm-desk.ts';
import type { GrowthReporter } from '../../src/watch/alarms/growth-report.ts';
import { AllGrowth, GrowthBook } from '../../src/watch/growth/growth.ts';
import { noBookHooks } from '../support/book-hooks.ts';
import { needsLinux } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A round of so many files every quarter of a second. */
const FILES = 20;
const FILE_BYTES = 2 ** 18;
const BEAT_SECONDS = 0.25;

/** The alarms of a directory in which each round makes files by `nameOf`, and `clear` is called before the next. */
function alarmsOf(
  nameOf: (round: number, file: number) => string,
  clear: (paths: readonly string[]) => void,
): WatchEvent['type'][] {
  using folder = tempFolder();
  const look = createFileLook();
  let now = Date.now() / 1000;
  const hooks = {
    ...noBookHooks,
    isInside: (path: string) => path.startsWith(folder.path),
  };
  const rules = { alarmBytesPerSecond: 2 ** 20, alarmGrownBytes: undefined, updateSeconds: 5 };
  const book = new GrowthBook(look, hooks, now);
  const growth = new AllGrowth(book, look, hooks, rules);
  const told: WatchEvent['type'][] = [];
  const reporter = { stateOf: () => ({}) } as unknown as GrowthReporter;
  const desk = new AlarmDesk(rules, reporter, look, ({ type }) => told.push(type));
  for (let round = 0; round < 24; round++) {
    const paths = Array.from({ length: FILES }, (_, file) => `${folder.path}/${nameOf(round, file)}`);
    for (const path of paths) {
      writeFileSync(path, Buffer.alloc(FILE_BYTES));
      book.touch(fromText(path));
    }
    now += BEAT_SECONDS;
    growth.beat(now);
    // The alarms are gone through while this round's files are there, and no deletion was heard of yet.
    desk.review(growth, now, () => undefined);
    clear(paths);
  }
  return told;
}

function remove(paths: readonly string[]): void {
  for (const path of paths) rmSync(path);
}

test('new files that stay are an alarm', { skip: needsLinux }, () => {
  assert.deepEqual(
    alarmsOf(
      (round, file) => `r${round}-${file}`,
      () => undefined,
    ),
    ['alarm'],
  );
});

test('new files that are gone again are none, whatever they are called', { skip: needsLinux }, () => {
  assert.deepEqual(
    alarmsOf((round, file) => `r${round}-${file}`, remove),
    [],
  );
});

test('nor where the next ones have their names', { skip: needsLinux }, () => {
  assert.deepEqual(
    alarmsOf((_, file) => `brief-${file}`, remove),
    [],
  );
});
