/** The recipes of docs/json.md, pasted as they stand. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import { checkout } from '../../docs/generator/documents.ts';
import { needsTool, unless } from '../support/requirements.ts';
import { inSandbox, needsSandbox } from '../support/sandbox.ts';

const page = readFileSync(new URL('docs/json.md', checkout), 'utf8');
const recipes = [...page.matchAll(/^```sh\n(?<line>.+)\n```$/gmu)].map(({ groups }) => groups!['line']);

/**
 * A root in memory, so that no recipe reads the whole machine, with a log that loops and something to find: what each
 * recipe speaks of is there.
 */
const WORLD = `
  mkdir /mnt/root && mount -t tmpfs none /mnt/root && cd /mnt/root || exit 99
  mkdir old var tmp home root run
  for place in bin sbin lib lib64 usr etc dev proc mnt; do
    [ ! -L /$place ] || { cp -P /$place $place; continue; }
    [ ! -d /$place ] || { mkdir $place && mount --rbind /$place $place; } || exit 99
  done
  pivot_root . old && umount -l /old && cd /
  mkdir -p /var/log /var/cache/apt/archives /tmp/old /home/a/.cache/pip/http-v2
  i=0; while [ $i -lt 400 ]; do
    printf '2026-03-0%d %02d:%02d:%02d app[%d]: cannot open database\\n' 1 $((i / 60 % 24)) $((i % 60)) 7 $((100 + i))
    i=$((i + 1))
  done >/var/log/syslog
  head -c 30000000 /dev/zero | tr '\\0' 'x' >/var/cache/apt/archives/x_1_all.deb
  exec bash -o pipefail -c "$1"`;

suite('recipes', { skip: unless(needsSandbox, needsTool('bash', 'jq', 'timeout')), timeout: 180_000 }, () => {
  test('there are some', () => assert.ok(recipes.length >= 8));
  for (const line of recipes)
    test(line, () => {
      const [command, ...words] = inSandbox(WORLD, [line]);
      const { status, stderr } = spawnSync(command, words, {
        encoding: 'utf8',
        env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      });
      // A watch is ended by timeout, and what cannot be read (3) is said in the document.
      assert.ok(status === 0 || status === 3 || (status === 124 && line.startsWith('timeout')), stderr);
      assert.doesNotMatch(stderr, /jq:|internal error/u);
    });
});
