/** Help: short on one screen, long with everything, topics, and examples that work when they are pasted. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { suite, test } from 'node:test';
import { commandNames, commandTable, helpTopics } from '../../../src/cli/options/command-table.ts';
import { rowsOf } from '../../../src/cli/options/option-table.ts';
import { runDiskwhy } from '../../support/diskwhy.ts';
import { displayColumns } from '../../support/display-columns.ts';
import { needsTool, unless } from '../../support/requirements.ts';
import { inSandbox, needsSandbox } from '../../support/sandbox.ts';

async function help(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runDiskwhy(args, { env: { COLUMNS: '80' } });
  assert.deepEqual([code, stderr], [0, ''], args.join(' '));
  for (const line of stdout.split('\n')) assert.ok(displayColumns(line) <= 80, line);
  return stdout;
}

const wordsOf = (command: (typeof commandNames)[number]): string[] =>
  command === 'explain' ? [] : [command];

test('-h fits one screen of 80 columns and 24 lines, with the prompt below it, and names every option', async () => {
  for (const command of commandNames) {
    const text = await help(...wordsOf(command), '-h');
    assert.ok(text.split('\n').length <= 24, command);
    for (const { name } of rowsOf(command)) if (name.length > 1) assert.ok(text.includes(`--${name}`), name);
  }
});

test('--help and help COMMAND say the same, wherever they stand', async () => {
  for (const command of commandNames) {
    const text = await help('help', command);
    for (const args of [
      [...wordsOf(command), '--help'],
      ['--help', ...wordsOf(command)],
      [...wordsOf(command), '--json', '--help'].filter((word) => word !== '--json' || command === 'explain'),
    ])
      assert.equal(await help(...args), text);
    for (const { help: phrase } of rowsOf(command))
      assert.ok(text.replaceAll(/\s+/gu, ' ').includes(phrase), phrase);
  }
  assert.equal(await help('help'), await help('--help'));
});

const endedAfterAWhile = (line: string): string => `timeout -s INT 2 ${line.replace(/^sudo /u, '')}`;

/** The browser needs a terminal, on which it is quit at once. */
function onTerminal(line: string, command: (typeof commandNames)[number]): string {
  return command === 'browse' ? `printf q | script --quiet --return --command '${line}' /dev/null` : line;
}

test('topics', async () => {
  for (const topic of helpTopics) assert.ok((await help('help', topic)).length > 200);
  assert.match(await help('help', 'sizes'), /3mo/u);
  assert.match(await help('help', 'exit-codes'), /130/u);
});

/** Runs a line as it would be pasted, where it finds what it is about. */
function pasted(line: string): { status: number | null; output: string } {
  const script = `
    mkdir /srv/scratch
    head -c 3M /dev/zero >/srv/scratch/old.bin; head -c 3M /dev/zero >/tmp/old.bin
    touch -d '30 days ago' /srv/scratch/old.bin /tmp/old.bin
    for n in $(seq 200); do echo "2026-01-01 00:00:$((n % 50 + 10)) line $n"; done >/var/log/syslog
    cp /var/log/syslog app.log; gzip -c app.log >app.log.1.gz
    printf '#!/bin/sh\\nexec "$@"\\n' >/mnt/bin/sudo
    printf '#!/bin/sh\\ncat /var/log/syslog\\n' >/mnt/bin/journalctl
    printf '#!/bin/sh\\n' >/mnt/bin/logger
    printf '#!/bin/sh\\nshift\\nexec "$@"\\n' >/mnt/bin/ssh
    printf '#!/bin/sh\\ncat >/dev/null\\n' >/mnt/bin/ncdu
    chmod +x /mnt/bin/*
    case $1 in *diff*|*history*)
      diskwhy snapshot /srv -q -o a.json; cp a.json b.json; zstd -q a.json -o monday.json.zst
      diskwhy snapshot /srv -q --keep;;
    esac
    exec timeout -s INT -k 5 20 bash -c "$1"`;
  const [command, ...words] = inSandbox(script, [line]);
  const { status, stdout, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  return { status, output: stdout + stderr };
}

suite(
  'examples',
  { skip: unless(needsSandbox, needsTool('bash', 'timeout', 'gzip', 'zstd', 'script')), timeout: 300_000 },
  () => {
    for (const command of commandNames) {
      for (const [line] of commandTable[command].examples) {
        // A watch without an end is ended after a while, with its summary, and so is what serves.
        const isEndless = command === 'watch' || line.includes('--listen');
        // There is no object store here; that it is read is for test/fleet.
        test(line, { skip: line.includes('s3://') }, () => {
          const { status, output } = pasted(isEndless ? endedAfterAWhile(line) : onTerminal(line, command));
          const codes = isEndless
            ? [0, 1, 124]
            : line.includes('--check')
              ? [0, 1, 2]
              : command === 'free'
                ? [0, 3]
                : [0];
          assert.ok(codes.includes(status!), `${status}: ${output.slice(-2000)}`);
          assert.doesNotMatch(output, /internal error|^diskwhy: /mu);
        });
      }
    }
  },
);
