/** A watch that is killed with SIGKILL, again and again: the next process goes on as if it had only slept. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { suite, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startDiskwhy } from '../../support/diskwhy.ts';
import { hookReceiver } from '../../support/hook-receiver.ts';
import { needsTool } from '../../support/requirements.ts';
import { serviceManager } from '../../support/service-manager.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const skip = needsTool('python3');
const NOBODY = 65534;
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

/** A line of --json. */
interface Told {
  readonly type: string;
  readonly path?: string;
  readonly alarms?: number;
  readonly notice?: { readonly kind: string };
  readonly top?: readonly {
    readonly path: string;
    readonly grownBytes: number;
    readonly bytesPerSecond: number;
  }[];
}

/** One process after the other over the same tree. */
async function service(folder: string, words: () => readonly string[], as: readonly string[] = []) {
  const manager = await serviceManager(`${folder}/notify`);
  chmodSync(`${folder}/notify`, 0o777);
  const all: Told[] = [];
  let isFirst = true;
  let running: ChildProcess | undefined;
  return {
    /** All that was told by all of them. */
    all,
    start: async () => {
      const under = [...(isFirst ? [] : manager.handing()), ...as];
      isFirst = false;
      const child = startDiskwhy(['watch', `${folder}/tree`, '--json', '--top', '100', ...words()], {
        env: { NOTIFY_SOCKET: `${folder}/notify` },
        under,
      });
      running = child;
      const told: Told[] = [];
      let heard = Promise.withResolvers<void>();
      createInterface(child.stdout).on('line', (line) => {
        const one = JSON.parse(line) as Told;
        told.push(one);
        all.push(one);
        heard.resolve();
        heard = Promise.withResolvers();
      });
      let errors = '';
      child.stderr.on('data', (data: Buffer) => (errors += String(data)));
      const ended = once(child, 'close');
      assert.equal(await manager.next(), 'READY=1', errors);
      return {
        until: async (fits: (one: Told) => boolean) => {
          while (!told.some(fits)) await heard.promise;
        },
        kill: async () => {
          child.kill('SIGKILL');
          await ended;
        },
        /** What it says at the end. */
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
          return told.at(-1)!;
        },
      };
    },
    /** Until what outlives the process is like that. */
    keeps: async (isSo: (kept: string) => boolean) => {
      for (let tries = 0; !isSo(manager.kept()); tries++) {
        assert.ok(tries < 1000, manager.kept().slice(-2000));
        await wait(20);
      }
    },
    [Symbol.dispose]: () => {
      running?.kill('SIGKILL');
      manager[Symbol.dispose]();
    },
  };
}

/** What is kept of a file, the latest. */
function sizeOf(kept: string, path: string): number | undefined {
  const behind = kept.slice(kept.lastIndexOf(`"path":"${path}","lookedAt"`));
  return Number(/"apparentBytes":(\d+)/u.exec(behind)?.[1]);
}

const grown = ({ top }: Told, path: string): number | undefined =>
  top!.find((one) => one.path.endsWith(`/tree/${path}`))?.grownBytes;

/** Bytes that no block shows: a tail inside the last one. */
function isAbout(told: number | undefined, written: number, what: string): void {
  assert.ok(told !== undefined && Math.abs(told - written) <= 8192, `${what}: ${told} of ${written}`);
}

suite('killed', { concurrency: 3, skip, timeout: 60_000 }, () => {
  for (const who of ['root', 'an ordinary user'])
    test(
      `killed: what grew before and meanwhile is counted, as ${who}`,
      { skip, timeout: 60_000 },
      async (t) => {
        const isRoot = process.getuid?.() === 0;
        if (who === 'root' && !isRoot) return t.skip('needs root');
        using folder = tempFolder();
        const tree = `${folder.path}/tree`;
        const file = (name: string): string => `${tree}/${name}`;
        const write = (name: string, bytes: number): void =>
          appendFileSync(file(name), Buffer.alloc(bytes, 1));
        mkdirSync(`${tree}/deep`, { recursive: true });
        if (who !== 'root' && isRoot) {
          chmodSync(folder.path, 0o777);
          chownSync(tree, NOBODY, NOBODY);
        }
        for (const name of ['grows', 'rotates', 'quiet', 'shrinks', 'goes', 'deep/held'])
          write(name, 1_000_000);
        const held = openSync(file('deep/held'), 'a');
        using watched = await service(
          folder.path,
          () => ['--rate', '1G/s'],
          who !== 'root' && isRoot ? AS_NOBODY : [],
        );
        const first = await watched.start();
        for (let step = 0; step < 4; step++) {
          for (const name of ['grows', 'rotates', 'shrinks', 'goes']) write(name, 100_000);
          writeSync(held, Buffer.alloc(100_000, 1));
        }
        // What was never seen of a file that will be gone nobody can tell.
        for (const name of ['grows', 'rotates', 'shrinks', 'goes', ...(who === 'root' ? ['deep/held'] : [])])
          await watched.keeps((kept) => sizeOf(kept, file(name)) === 1_400_000);
        write('grows', 100_000);
        await first.kill();
        // Nobody watches: all that can become of a file.
        write('grows', 500_000);
        write('rotates', 300_000);
        renameSync(file('rotates'), file('rotates.1'));
        write('rotates', 700_000);
        write('quiet', 200_000);
        truncateSync(file('shrinks'), 0);
        write('shrinks', 50_000);
        write('goes', 1_000_000);
        unlinkSync(file('goes'));
        writeSync(held, Buffer.alloc(250_000, 1));
        unlinkSync(file('deep/held'));
        write('deep/new', 3_000_000);
        // Killed as soon as it is there, it has forgotten nothing.
        for (let times = 0; times < 2; times++) await (await watched.start()).kill();
        write('grows', 100_000);
        const last = await watched.start();
        const summary = await last.stop();
        closeSync(held);
        const said = JSON.stringify(summary);
        isAbout(grown(summary, 'grows'), 1_100_000, said);
        isAbout(grown(summary, 'rotates'), 1_400_000, said);
        isAbout(grown(summary, 'quiet'), 200_000, said);
        isAbout(grown(summary, 'shrinks'), 450_000, said);
        isAbout(grown(summary, 'deep/new'), 3_000_000, said);
        // An ordinary user does not see who holds a file without a name.
        if (who === 'root') isAbout(grown(summary, 'deep/held'), 650_000, said);
        assert.ok(grown(summary, 'goes')! >= 300_000, said);
      },
    );

  test(
    'killed: an alarm is told once, and sent once to whoever takes it at last',
    { skip, timeout: 60_000 },
    async () => {
      using folder = tempFolder();
      using deaf = await hookReceiver(Array.from({ length: 1000 }, () => 503));
      using hook = await hookReceiver([]);
      mkdirSync(`${folder.path}/tree`);
      const grows = `${folder.path}/tree/grows`;
      writeFileSync(grows, '');
      let url = deaf.url;
      using watched = await service(folder.path, () => ['--webhook', url]);
      const first = await watched.start();
      const writer = setInterval(() => appendFileSync(grows, Buffer.alloc(400_000, 1)), 100);
      try {
        await first.until(({ type }) => type === 'alarm');
        await watched.keeps((kept) => kept.includes('"isAlarm":true'));
        await first.kill();
        // The alarm goes on, though the first process of two does not live to see it.
        await (await watched.start()).kill();
        url = hook.url;
        const last = await watched.start();
        await last.until(({ type }) => type === 'update');
        await hook.until(1);
        clearInterval(writer);
        const summary = await last.stop();
        isAbout(grown(summary, 'grows'), statSync(grows).size, JSON.stringify(summary));
        assert.equal(summary.alarms, 1);
      } finally {
        clearInterval(writer);
      }
      const alarms = watched.all.filter(({ type }) => type === 'alarm');
      assert.equal(alarms.length, 1, JSON.stringify(alarms));
      assert.deepEqual(
        hook.taken.map(({ type }) => type),
        ['alarm'],
      );
      // Whoever takes it can tell that it is the one that was sent before.
      assert.equal(new Set([...deaf.keys, ...hook.keys]).size, 1);
    },
  );
});
