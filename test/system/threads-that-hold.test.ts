/** A thread may work in a directory of its own, and go on when the first thread of its process has ended. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { idOfPath } from '../../src/system/calls/id-of-path.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { scanOpenFiles } from '../../src/system/processes/open-files.ts';
import { startHolder } from '../support/holder.ts';
import { needsLinux, needsTool, unless } from '../support/requirements.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Opens $1 for all threads, and has one thread work in $2; with a third word the first thread ends then. */
const PROGRAM = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
static void *works(void *directory) {
  if (unshare(CLONE_FS) < 0 || chdir(directory) < 0) exit(1);
  puts("ready");
  fflush(stdout);
  char byte;
  while (read(0, &byte, 1) > 0);
  exit(0);
}
int main(int count, char **words) {
  pthread_t thread;
  if (open(words[1], O_RDONLY | O_DIRECTORY) < 0) return 1;
  pthread_create(&thread, 0, works, words[2]);
  if (count > 3) pthread_exit(0);
  pthread_join(thread, 0);
}`;

for (const [what, more] of [
  ['beside the first', ''],
  ['after the first has ended', ' x'],
] as const)
  test(
    `a thread ${what}: its directories are held`,
    { skip: unless(needsLinux, needsTool('cc')) },
    async () => {
      using folder = tempFolder();
      const [program, open, own] = ['program', 'open', 'own'].map((name) => `${folder.path}/${name}`);
      writeFileSync(`${program}.c`, PROGRAM);
      execFileSync('cc', ['-pthread', '-o', program, `${program}.c`]);
      for (const directory of [open, own]) mkdirSync(directory);
      using _ = await startHolder(`exec "$1" "$2" "$3"${more}`, [program, open, own]);
      const { files } = scanOpenFiles(true);
      const holdsOf = (path: string): string[] =>
        files.get(idOfPath(fromText(path))!)?.holds.map(({ kind }) => kind) ?? [];
      assert.deepEqual([holdsOf(open), holdsOf(own)], [['descriptor'], ['working-directory']]);
    },
  );
