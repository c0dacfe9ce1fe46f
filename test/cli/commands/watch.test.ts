/** `diskwhy watch` as a user runs it: alarms over real writers, in a pipe, as JSON, on a terminal that is given back. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readDocument } from '../../support/document.ts';
import { program, runDiskwhy, startDiskwhy } from '../../support/diskwhy.ts';
import { RESPAWN_LOOP, startScript, STEADY_WRITER } from '../../support/growth.ts';
import { CONTROL_C, onTerminal } from '../../support/pseudo-terminal.ts';
import {
  needsLinux,
  needsOtherUser,
  needsRoot,
  needsTool,
  NOBODY,
  unless,
} from '../../support/requirements.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import type { TempFolder } from '../../support/temp-folder.ts';

interface EventJson {
  readonly type: string;
  readonly path?: string;
  readonly grownBytes?: number;
  readonly verdict?: string;
  readonly writersHidden?: string | null;
  readonly writers?: readonly {
    readonly pid: number | null;
    readonly command: string;
    readonly confidence: string;
    readonly behind: string | null;
    readonly respawns: number;
  }[];
  readonly top?: readonly EventJson[];
}

const ENTER = '\u001B[?1049h';
const LEAVE = '\u001B[?1049l';
/** What the others of the machine write does not matter here. */
const RATE = ['--rate', '20K/s'];

/** A folder of a test's own, with a log that is not there yet. */
function place(): TempFolder & { readonly log: string } {
  const folder = tempFolder();
  mkdirSync(`${folder.path}/logs`);
  return { ...folder, log: `${folder.path}/logs/it's a "log" $(touch no).log` };
}

/** Resolves with the first event that is as wanted. */
async function eventOf(stream: Readable, wanted: (event: EventJson) => boolean): Promise<EventJson> {
  for await (const line of createInterface({ input: stream })) {
    const event = readDocument(line) as EventJson;
    if (wanted(event)) return event;
  }
  throw new Error('it ended without the event');
}

async function shown(stream: Readable, wanted: string): Promise<string> {
  let output = '';
  for await (const chunk of stream) {
    output += String(chunk);
    if (output.includes(wanted)) return output;
  }
  throw new Error(`it ended without ${wanted}: ${output}`);
}

suite('watch', { concurrency: 4, skip: needsLinux, timeout: 120_000 }, () => {
  test(
    'a loop of short-lived processes: alarm, verdict, who starts them',
    { skip: unless(needsRoot, needsTool('awk')) },
    async () => {
      using folder = place();
      const { log } = folder;
      await using loop = startScript(RESPAWN_LOOP, log);
      using child = startDiskwhy(['watch', `${folder.path}/logs`, '--json', ...RATE]);
      const alarm = await eventOf(
        child.stdout,
        ({ type, verdict, writers }) =>
          (type === 'alarm' || type === 'update') &&
          verdict !== 'unknown' &&
          (writers?.[0]?.respawns ?? 0) >= 3,
      );
      assert.equal(alarm.path, log);
      assert.equal(alarm.verdict, 'restart-loop');
      const [writer] = alarm.writers!;
      assert.match(writer.command, /awk/u);
      assert.match(writer.behind ?? '', new RegExp(`\\(${loop.pid}\\)$`, 'u'));
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  );

  test('--for ends with a summary; --fail-on-alarm exits with 1', async () => {
    using folder = place();
    const { log } = folder;
    await using _writer = startScript(STEADY_WRITER, log);
    const { code, stdout, stderr } = await runDiskwhy([
      'watch',
      `${folder.path}/logs`,
      '--json',
      '--for',
      '8s',
      '--fail-on-alarm',
      ...RATE,
    ]);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => readDocument(line) as EventJson);
    assert.deepEqual([code, stderr], [1, '']);
    assert.equal(events.filter(({ type }) => type === 'ready').length, 1);
    const last = events.at(-1)!;
    assert.equal(last.type, 'summary');
    assert.equal(last.top?.[0]?.path, log);
    assert.ok(last.top[0].grownBytes! > 50_000);
  });

  test('nothing grows: exit 0', async () => {
    using folder = place();
    const { code, stdout } = await runDiskwhy([
      'watch',
      `${folder.path}/logs`,
      '--for',
      '1s',
      '--interval',
      '200ms',
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /ready: 1 director/u);
    assert.match(stdout, /^SUMMARY {2}\d+ s, /mu);
  });

  test('in a pipe: one line per event, and a reader that goes away ends it quietly', async () => {
    using folder = place();
    const { log } = folder;
    await using _writer = startScript(STEADY_WRITER, log);
    using child = startDiskwhy(['watch', `${folder.path}/logs`, ...RATE]);
    const complaints = text(child.stderr);
    const output = await shown(child.stdout, 'ALARM');
    assert.match(output, /^\d\d:\d\d:\d\d ALARM \/.*\.log \+[\d.]+ KiB\/s \(.*; \/\S* /mu);
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number];
    assert.deepEqual([code, await complaints], [0, '']);
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    test(`${signal}: the summary, and exit 130`, async () => {
      using folder = place();
      using child = startDiskwhy(['watch', `${folder.path}/logs`, '--json']);
      const end = once(child, 'exit') as Promise<[number]>;
      const lines = createInterface({ input: child.stdout });
      const seen: string[] = [];
      for await (const line of lines) {
        seen.push((readDocument(line) as EventJson).type);
        if (seen.at(-1) === 'ready') child.kill(signal);
      }
      assert.equal(seen.at(-1), 'summary');
      assert.deepEqual(await end, [130, null]);
    });

  test('--once: one report at the end, with what to type; with --quiet nothing where nothing grew', async () => {
    using folder = place();
    const { log } = folder;
    const args = ['--once', '--for', '4s', '--rate', '20K/s'];
    {
      await using _writer = startScript(STEADY_WRITER, log);
      const { stdout, code } = await runDiskwhy(['watch', `${folder.path}/logs`, ...args]);
      assert.equal(code, 0);
      const [summary, row, ...details] = stdout.trimEnd().split('\n');
      assert.match(summary, /^SUMMARY {2}\d+ s, 1 alarm/u);
      assert.ok(row.includes(log), row);
      assert.ok(
        details.some((line) => /^ +→ kill \d+$/u.test(line)),
        stdout,
      );
    }
    const quiet = await runDiskwhy(['watch', `${folder.path}/logs`, ...args, '--quiet']);
    assert.deepEqual([quiet.stdout, quiet.code], ['', 0]);
  });

  test('--once, where a snapshot is kept: what changed since then, an alarm if it is much', async () => {
    using folder = place();
    const tree = `${folder.path}/kept`;
    mkdirSync(`${tree}/spool`, { recursive: true });
    const env = { XDG_STATE_HOME: `${folder.path}/state` };
    assert.equal((await runDiskwhy(['snapshot', tree, '--keep'], { env })).code, 0);
    writeFileSync(`${tree}/spool/mail`, Buffer.alloc(3 * 2 ** 20, 1));
    const words = ['watch', tree, '--once', '--for', '1s', '--rate', '1G/s'];
    const [quiet, grown, json] = await Promise.all([
      runDiskwhy([...words, '--quiet'], { env }),
      runDiskwhy([...words, '--quiet', '--grown', '2M', '--fail-on-alarm'], { env }),
      runDiskwhy([...words, '--json'], { env }),
    ]);
    assert.deepEqual([quiet.stdout, quiet.stderr, quiet.code], ['', '', 0]);
    assert.equal(grown.code, 1);
    assert.match(
      grown.stdout,
      /^SINCE THE LAST SNAPSHOT\n[^]*\+3\.0 MiB +new +\S+spool\/mail\n[^]*\nSUMMARY {2}/u,
    );
    const [diff, summary] = json.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { schema: string; totals?: { deltaBytes: number } });
    assert.equal(diff.schema, 'diskwhy/diff@1');
    assert.equal(diff.totals?.deltaBytes, 3 * 2 ** 20);
    assert.match(summary.schema, /^diskwhy\/watch@/u);
  });

  test('--exec: what happened is in the environment, never in the command', async () => {
    using folder = place();
    const { log } = folder;
    await using started = startScript(STEADY_WRITER, log);
    const out = `${folder.path}/out`;
    const command = `printf '%s|' "$DISKWHY_EVENT" "$DISKWHY_PATH" "$DISKWHY_RATE" "$DISKWHY_VERDICT" "$DISKWHY_WRITER" "$DISKWHY_STOP" "$DISKWHY_PID" > ${out}.tmp; mv ${out}.tmp ${out}; echo said`;
    using child = startDiskwhy(['watch', `${folder.path}/logs`, '--exec', command, ...RATE]);
    const complaints = text(child.stderr);
    while (!existsSync(out)) await pause(20);
    const [event, path, rate, verdict, writer, stop, pid] = readFileSync(out, 'utf8').split('|');
    // Before it becomes sleep(1), a fork of the writer holds the file as well: it may be seen first.
    assert.ok([pid, String(started.pid)].includes(stop.replace('kill ', '')), `${stop}, pid ${pid}`);
    assert.deepEqual([event, path, writer], ['alarm', log, 'bash']);
    assert.ok(Number(rate) > 20 * 1024);
    assert.ok(['unknown', 'busy', 'retry-loop', 'restart-loop'].includes(verdict));
    assert.equal(existsSync(`${folder.path}/logs/no`), false);
    child.kill('SIGTERM');
    await once(child, 'exit');
    assert.match(await complaints, /^said\n/u);
  });

  test('--exec that takes its time: one at a time for a file, and nobody waits for it', async () => {
    using folder = place();
    const { log } = folder;
    await using _writer = startScript(STEADY_WRITER, log);
    const command = `echo $$ >> ${folder.path}/pids; exec sleep 60 > /dev/null 2>&1`;
    const { code } = await runDiskwhy([
      'watch',
      `${folder.path}/logs`,
      '--for',
      '4s',
      '--exec',
      command,
      ...RATE,
    ]);
    const pids = readFileSync(`${folder.path}/pids`, 'utf8').trim().split('\n').map(Number);
    for (const pid of pids) process.kill(pid);
    assert.deepEqual([code, pids.length], [0, 1]);
  });

  test('--exec that fails is said once', async () => {
    using folder = place();
    await using _one = startScript(STEADY_WRITER, `${folder.path}/logs/1`);
    await using _other = startScript(STEADY_WRITER, `${folder.path}/logs/2`);
    const { code, stderr } = await runDiskwhy([
      'watch',
      `${folder.path}/logs`,
      '--for',
      '5s',
      '--exec',
      'exit 7',
      ...RATE,
    ]);
    assert.equal(code, 0);
    assert.equal(stderr, 'diskwhy: --exec: the command ended with 7; this is said once\n');
  });

  test('what a user gets wrong is one line and exit 2', async () => {
    using folder = place();
    for (const [args, message] of [
      [['--rate', 'fast'], /^diskwhy: --rate fast: not a rate; write 500K\/s/u],
      [['--grown', '0'], /^diskwhy: --grown 0: not a size/u],
      [['--interval', '10'], /^diskwhy: --interval 10: must be a time; write 500ms or 10s/u],
      [['--for', '1x'], /^diskwhy: --for 1x: must be a time/u],
      [['--exec', ' '], /^diskwhy: --exec: the command is empty/u],
      [['--rate', '1M', '--rate', '2M'], /^diskwhy: --rate was given 2 times/u],
      [[`${folder.path}/none`], /none: no such file or directory/u],
    ] as const) {
      const { code, stdout, stderr } = await runDiskwhy(['watch', ...args]);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });

  test('another user sees that the writer is hidden', { skip: needsOtherUser }, async () => {
    using folder = place();
    const { log } = folder;
    chmodSync(`${folder.path}/logs`, 0o755);
    await using _writer = startScript(STEADY_WRITER, log);
    using child = startDiskwhy(['watch', `${folder.path}/logs`, '--json', ...RATE], NOBODY);
    const event = await eventOf(
      child.stdout,
      ({ type, writersHidden }) => type !== 'ready' && typeof writersHidden === 'string',
    );
    assert.match(event.writersHidden!, /^\d+ of \d+ processes are not visible to you; sudo shows them$/u);
    assert.deepEqual(event.writers, []);
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  suite('on a terminal', { skip: needsTool('script') }, () => {
    test('a live table; q ends it with a summary on the screen as it was', async () => {
      using folder = place();
      const { log } = folder;
      await using _writer = startScript(STEADY_WRITER, log);
      const session = onTerminal(['watch', `${folder.path}/logs`, '--no-color', ...RATE]);
      await session.shows('RATE');
      session.type('?');
      await session.shows('this page, and back');
      session.type('q');
      const { code, output } = await session.finished();
      assert.equal(code, 0);
      const after = output.slice(output.lastIndexOf(LEAVE));
      assert.ok(output.indexOf(ENTER) < output.indexOf('RATE'));
      assert.match(after, /SUMMARY/u);
      assert.ok(output.lastIndexOf('\u001B[?25h') > output.lastIndexOf('\u001B[?25l'));
    });

    for (const end of [CONTROL_C, 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'exception'] as const)
      test(`restored after ${end === CONTROL_C ? 'Ctrl-C' : end}`, async () => {
        using folder = place();
        await using session = terminalScript(
          folder,
          end === 'exception' ? ['--import', crashing(folder)] : [],
        );
        await session.shows('growing');
        if (end === CONTROL_C) session.type(end);
        else
          process.kill(
            Number(readFileSync(`${folder.path}/pid`, 'utf8')),
            end === 'exception' ? 'SIGUSR2' : end,
          );
        const output = await session.finished();
        assert.match(output, end === 'exception' ? /code [127]\b/u : /code 130/u);
        assert.ok(output.lastIndexOf(LEAVE) > output.lastIndexOf(ENTER));
        assert.equal(
          readFileSync(`${folder.path}/after`, 'utf8'),
          readFileSync(`${folder.path}/before`, 'utf8'),
        );
      });

    test('stopped, the terminal is as it was before; continued, it draws again', async () => {
      using folder = place();
      await using session = terminalScript(folder, []);
      await session.shows('q quit');
      const pid = Number(readFileSync(`${folder.path}/pid`, 'utf8'));
      const terminal = readFileSync(`${folder.path}/tty`, 'utf8').trim();
      const modes = (): string => execFileSync('stty', ['-g', '-F', terminal], { encoding: 'utf8' });
      assert.notEqual(modes(), readFileSync(`${folder.path}/before`, 'utf8'));
      let before = '';
      process.kill(pid, 'SIGTSTP');
      await session.showsThat((output) => (before = output).endsWith(LEAVE));
      while (!/^State:\s+T/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) await pause(10);
      assert.equal(modes(), readFileSync(`${folder.path}/before`, 'utf8'));
      process.kill(pid, 'SIGCONT');
      await session.showsThat((output) => output.slice(before.length).includes('q quit'));
      session.type('q');
      assert.match(await session.finished(), /code 0/u);
    });

    test('it follows the size of the window', async () => {
      using folder = place();
      await using session = terminalScript(folder, []);
      await session.shows('q quit');
      const terminal = readFileSync(`${folder.path}/tty`, 'utf8').trim();
      await once(spawn('stty', ['-F', terminal, 'cols', '41', 'rows', '9']), 'exit');
      const lastFrame = (output: string): string[] => output.split('\u001B[H').at(-1)!.split('\r\n');
      await session.showsThat((output) => lastFrame(output).length === 9 && output.includes('q quit'));
      session.type('q');
      assert.match(await session.finished(), /code 0/u);
    });
  });
});

/** A module that throws where nobody catches it, when it is told to. */
function crashing(folder: TempFolder): string {
  const file = `${folder.path}/crash.mjs`;
  writeFileSync(file, `process.on('SIGUSR2', () => { throw new Error('crash'); });`);
  return file;
}

interface TerminalScript extends AsyncDisposable {
  readonly shows: (wanted: string) => Promise<void>;
  readonly showsThat: (isWanted: (output: string) => boolean) => Promise<void>;
  readonly type: (keys: string) => void;
  readonly finished: () => Promise<string>;
}

/** Runs it in a shell on a terminal of its own, which notes the terminal's modes before and after. */
function terminalScript(folder: TempFolder, nodeOptions: readonly string[]): TerminalScript {
  writeFileSync(
    `${folder.path}/run.sh`,
    `cd ${folder.path}; stty cols 80 rows 24; tty > tty; stty -g > before
sh -c 'echo $$ > pid; exec "$0" "$@"' ${process.execPath} ${nodeOptions.join(' ')} ${program} watch logs --no-color
echo code $?; stty -g > after`,
  );
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `sh ${folder.path}/run.sh`, '/dev/null'],
    {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', SHELL: '/bin/sh', TERM: 'xterm' },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const closed = once(child, 'close');
  const showsThat = async (isWanted: (output: string) => boolean): Promise<void> => {
    while (!isWanted(output)) {
      const ended = await Promise.race([
        once(child.stdout, 'data').then(() => false),
        closed.then(() => true),
      ]);
      if (ended) assert.ok(isWanted(output), output);
    }
  };
  return {
    shows: (wanted) => showsThat((shownNow) => shownNow.includes(wanted)),
    showsThat,
    type: (keys) => void child.stdin.write(keys),
    finished: async () => {
      await closed;
      return output;
    },
    [Symbol.asyncDispose]: async () => {
      // The terminal goes with script(1), and so does all that runs on it.
      child.kill();
      await closed;
    },
  };
}
